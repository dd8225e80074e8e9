using System.Globalization;

namespace Nonsmooth.Engines.Differences;

/// <summary>One number that two recordings answer differently.</summary>
/// <param name="Spelling">The spelling.</param>
/// <param name="Format">The format.</param>
/// <param name="Point">The point.</param>
/// <param name="Kind">value, reverse or forward.</param>
/// <param name="Before">In the first.</param>
/// <param name="After">In the second.</param>
/// <param name="IsFinite">Whether the point is finite.</param>
/// <param name="IsRounding">Whether the two are within what rounding leaves, or a subnormal number is on the way.</param>
public sealed record ChangedCell(string Spelling, string Format, string Point, string Kind, double Before, double After, bool IsFinite, bool IsRounding)
{
    /// <summary>From what to what.</summary>
    public string Step => string.Create(CultureInfo.InvariantCulture, $"{Show(Before)} → {Show(After)}");

    private static string Show(double x) => x.ToString("G4", CultureInfo.InvariantCulture);
}
