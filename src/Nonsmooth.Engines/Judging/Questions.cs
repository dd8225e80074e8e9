using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Judging;

/// <summary>What an engine is asked when there is no list of recordings: every spelling of the catalogue at the points of its set.</summary>
public static class Questions
{
    /// <summary>The formats that can be asked.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["f64", "f32", "bf16", "f16"];

    /// <summary>The spellings as the lists of recordings have them.</summary>
    /// <param name="spellings">Which; all if null.</param>
    /// <param name="formats">In which formats; all if null.</param>
    public static IReadOnlyList<RecordedSpelling> Of(IEnumerable<Spelling>? spellings = null, IReadOnlyList<string>? formats = null) =>
        [.. (spellings ?? SpellingCatalogue.All).Select(s => new RecordedSpelling(
            s.Name, s.Function, s.Kind, s.Written, (formats ?? Formats).ToDictionary(f => f, f => Points(s, FormatScale.Of(f)), StringComparer.Ordinal)))];

    private static IReadOnlyList<RecordedPoint> Points(Spelling spelling, FormatScale format) =>
        [.. PointSets.Of(spelling.Points, (x, side) => Next(x, side, format)).Select(p =>
            new RecordedPoint(p.Name, [.. p.Arguments.Select(a => new RecordedArray(a.Shape, a.Data))]))];

    // Beside 0 that is the least normal number: subnormal ones are flushed by many an engine, and not judged.
    private static double Next(double x, int side, FormatScale format) => x == 0
        ? side * format.LeastNormal
        : x + (side * (Math.Sign(x) == side || Math.Abs(x) != Math.ScaleB(1, Math.ILogB(x)) ? format.Ulp(x) : format.Ulp(x) / 2));
}
