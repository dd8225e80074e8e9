using System.Globalization;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Cli.Documents;

/// <summary>How lines are told apart: by colour, and by dash and mark for whom colours are alike.</summary>
internal static class LineMarks
{
    private const int _kinds = 4, _mostTargets = 120;

    /// <summary>The classes of a line: its colour, and a dash that differs from that of the last line of this colour.</summary>
    public static string Look(int line) => string.Create(CultureInfo.InvariantCulture, $"c{line % Palette.Graphics} d{(line + (line / Palette.Graphics)) % _kinds}");

    /// <summary>A line as the legend shows it.</summary>
    public static string Key(int line) => $"<svg viewBox=\"0 0 30 12\" aria-hidden=\"true\"><path class=\"line {Look(line)}\" d=\"M0 6H30\"/><path class=\"dot {Look(line)}\" d=\"{Shape(line, 15, 6)}\"/></svg>";

    /// <summary>A place of a line, which the pointer can ask.</summary>
    /// <param name="line">Which line's mark; null for a place that is not marked.</param>
    /// <param name="look">Its classes.</param>
    /// <param name="x">Where.</param>
    /// <param name="y">Where.</param>
    /// <param name="hint">What the pointer shows.</param>
    public static string Mark(int? line, string look, double x, double y, string hint) => line is { } index
        ? $"<path class=\"dot {look}\" d=\"{Shape(index, x, y)}\"><title>{Page.Text(hint)}</title></path>\n"
        : string.Create(CultureInfo.InvariantCulture, $"<circle class=\"hit\" cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"6\"><title>{Page.Text(hint)}</title></circle>\n");

    /// <summary>As many places as a pointer can tell apart, the last among them.</summary>
    public static IEnumerable<T> Few<T>(IReadOnlyList<T> places)
    {
        int every = 1 + ((places.Count - 1) / _mostTargets);
        return places.Where((_, i) => (places.Count - 1 - i) % every == 0);
    }

    private static string Shape(int line, double x, double y)
    {
        static string From(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"M{x:F1} {y:F1}");
        return (line % _kinds) switch
        {
            0 => From(x - 4, y) + "a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
            1 => From(x - 3.6, y - 3.6) + "h7.2v7.2h-7.2z",
            2 => From(x, y - 5) + "l4.8 8.4h-9.6z",
            _ => From(x, y - 5) + "l5 5l-5 5l-5 -5z",
        };
    }
}
