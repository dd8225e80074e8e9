using System.Globalization;

namespace Nonsmooth.Cli;

/// <summary>How many columns a page has.</summary>
internal static class TerminalWidth
{
    /// <summary>Of a terminal that does not say, and of a file or a pipe.</summary>
    public const int Usual = 80;

    private const int _least = 40, _most = 140;

    /// <summary>The columns of a page: the terminal's, else those that a variable says, else the usual ones.</summary>
    /// <param name="terminal">What the terminal says, 0 where it does not know; null where nobody looks at one.</param>
    /// <param name="variable">What COLUMNS says, as of a pager that shows the page; null for nothing.</param>
    /// <returns>From 40, where the narrowest tables fit, to 140, where lines are still read with ease.</returns>
    public static int Of(int? terminal, string? variable) => Math.Clamp(
        terminal is > 0 and var columns ? columns
            : int.TryParse(variable, NumberStyles.None, CultureInfo.InvariantCulture, out int told) && told > 0 ? told : Usual,
        _least,
        _most);
}
