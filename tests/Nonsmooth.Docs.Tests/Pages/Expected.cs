using System.Globalization;
using System.Text.RegularExpressions;

namespace Nonsmooth.Docs.Tests.Pages;

/// <summary>What a page shows as output, beside what came: the page's lines in their order, others between them left out.</summary>
/// <remarks>
/// Blanks count as one, <c>…</c> stands for anything. A note <c>within 20 %</c> says how far numbers may be off, for they may depend on the processor, <c>any numbers</c> that they
/// may be others, as times are, and <c>not checked: why</c> that nothing is compared. Without a note they are exact.
/// </remarks>
internal static partial class Expected
{
    /// <summary>The first shown line that did not come, null if all came.</summary>
    public static string? Missing(Block shown, string output)
    {
        if (shown.Note("not checked") is not null)
        {
            return null;
        }

        double tolerance = shown.Note("any numbers") is not null ? double.PositiveInfinity : shown.Note("within") is { } text ? double.Parse(text.TrimEnd('%', ' '), CultureInfo.InvariantCulture) / 100 : 0;
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        int at = 0;
        foreach (string line in shown.Text.Split('\n').Where(l => l.Trim() is not ("" or "…")))
        {
            int found = Array.FindIndex(lines, at, l => Fits(line, l, tolerance));
            if (found < 0)
            {
                return line;
            }

            at = found + 1;
        }

        return null;
    }

    private static bool Fits(string shown, string line, double tolerance)
    {
        string pattern = Regex.Escape(Flat(shown)).Replace("…", ".*", StringComparison.Ordinal);
        string[] numbers = [];
        if (tolerance > 0)
        {
            numbers = [.. Number().Matches(Flat(shown)).Select(m => m.Value)];
            pattern = Number().Replace(Flat(shown), "\u0002");
            pattern = Regex.Escape(pattern).Replace("…", ".*", StringComparison.Ordinal).Replace("\u0002", $"({Number()})", StringComparison.Ordinal);
            pattern = double.IsPositiveInfinity(tolerance) ? Unit().Replace(pattern, "(?:µs|ms|s|min)") : pattern;
        }

        return Regex.Match(Flat(line), $"^{pattern}$") is { Success: true } match && numbers.Zip(match.Groups.Values.Skip(1), (a, b) => Near(Read(a), Read(b.Value), tolerance)).All(near => near);
    }

    private static bool Near(double a, double b, double tolerance) => double.IsPositiveInfinity(tolerance) || Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b));

    private static double Read(string number) => double.Parse(number.Replace(",", "", StringComparison.Ordinal).Replace('−', '-'), CultureInfo.InvariantCulture);

    private static string Flat(string line) => Blanks().Replace(line.Trim(), " ");

    // Of a number that may be any.
    [GeneratedRegex(@"(?<=\)\\ )(?:µs|ms|s|min)\b")]
    private static partial Regex Unit();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[-−]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?")]
    private static partial Regex Number();
}
