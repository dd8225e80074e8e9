using System.Globalization;

namespace Nonsmooth.Tests.Mathematics;

/// <summary>The table of errors in docs/mathematics.md: what the suite measures, which is the same on every machine.</summary>
internal static class MathematicsDocument
{
    private static readonly Lazy<string> _text = new(Read);

    /// <summary>That the table says what was measured in double precision; in long trials, which measure more, it says nothing.</summary>
    public static void Check(string function, double worst, int arguments) =>
        Contains(string.Create(CultureInfo.InvariantCulture, $"| {function} | f64 | {Math.Ceiling(worst * 1000) / 1000:0.000} | {arguments:N0} |"));

    /// <summary>That it says what was measured in single precision.</summary>
    public static void CheckSingle(string function, double worst, int arguments) =>
        Contains(string.Create(CultureInfo.InvariantCulture, $"| {function} | f32 | {Math.Ceiling(worst * 1e7) / 1e7:0.0000000} | {arguments:N0} |"));

    private static void Contains(string row)
    {
        if (Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") != "1")
        {
            Assert.Contains(row, _text.Value, StringComparison.Ordinal);
        }
    }

    private static string Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Nonsmooth.slnx")))
        {
            folder = folder.Parent!;
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "mathematics.md"));
    }
}
