using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Engines.Differences;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Cli.Engines;

/// <summary>Two recordings compared, as a document.</summary>
internal static class RecordingDiffDocument
{
    public static Document Of(string first, string second, string folder)
    {
        var (a, b) = (Open(first), Open(second));
        var diff = RecordingDiff.Between(a.Recording, b.Recording, a.Asked);
        int rounding = diff.Cells.Count(c => c.IsRounding);
        var document = new Document(
            new Result(diff.First, diff.Second, diff.Compared, diff.Cells.Count - rounding, rounding, [.. diff.Causes.Select(c => new Cause(c.Operation, c.IsFinite, c.Spellings, c.Cells.Count, c.Line))], diff.Answerable),
            $"{diff.First} and {diff.Second}")
            .Verdict([diff.Causes.Count == 0
                ? $"Nothing differs in {Numbers.Whole(diff.Compared)} numbers{(rounding > 0 ? $" but {Numbers.Whole(rounding)} by rounding" : "")}."
                : $"{Numbers.Whole(diff.Causes.SelectMany(c => c.Spellings).Distinct().Count())} spellings differ, for {Numbers.Whole(diff.Causes.Count)} causes; {Numbers.Whole(rounding)} of {Numbers.Whole(diff.Compared)} numbers differ by rounding."])
            .Say(diff.Causes.Select(c => c.Line));
        return diff.Answerable.Count == 0 ? document : document.Section("Answered by one only").Say(diff.Answerable);
        RecordingFile Open(string path) => UsageException.Read(() => RecordingFile.Open(Path.GetFullPath(path, folder)));
    }

    private sealed record Cause(string Operation, bool Finite, IReadOnlyList<string> Spellings, int Numbers, string Line);

    private sealed record Result(string First, string Second, long Compared, int Differ, int Rounding, IReadOnlyList<Cause> Causes, IReadOnlyList<string> AnsweredByOne);
}
