using System.Globalization;
using Nonsmooth.Engines.Cells;

namespace Nonsmooth.Engines.Deviations;

/// <summary>Conditions that deviations have on cells.</summary>
internal static class CellTests
{
    private const double _tiny = 1e-37;

    public static IReadOnlyList<CellKind> Slopes { get; } = [CellKind.Reverse, CellKind.Forward];

    public static bool OursIsNaN(Cell cell) => double.IsNaN(cell.Ours);

    public static bool TheirsIsNaN(Cell cell) => double.IsNaN(cell.Recorded);

    /// <summary>What a flush to 0 leaves: 0, or half of a slope.</summary>
    public static bool IsFlushed(Cell cell) => cell.Recorded is 0 or 0.5;

    public static bool HasNegativeZero(Cell cell) => cell.Point == "signed_zeros" || cell.Point.Split(", ").Contains("-0");

    /// <summary>Whether every coordinate is at most about the least normal number of 32 bits.</summary>
    public static bool IsLeastNormal(Cell cell) => cell.Point.Split(", ").All(static x =>
        double.TryParse(x, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) <= _tiny);
}
