using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Means over windows of nearly equal size, so many that the result has a given size.</summary>
/// <param name="Rows">Rows of the result.</param>
/// <param name="Columns">Columns of the result.</param>
/// <remarks>
/// Argument x [N, C, H, W]; result [N, C, Rows, Columns]. Window o of n on an axis of size h covers
/// ⌊o·h/n⌋ up to ⌈(o + 1)·h/n⌉.
/// </remarks>
public sealed record AdaptiveAvgPool2d(int Rows, int Columns) : WindowMean
{
    /// <inheritdoc/>
    public override string Name => "adaptive_avg_pool2d";

    /// <inheritdoc/>
    public override string Attributes => $"{Rows}×{Columns}";

    internal override PlaneWindows Windows(Shape x) => Rows < 1 || Columns < 1
        ? throw new ShapeException($"the result is to be {Rows}×{Columns}: give at least 1×1")
        : x[2] < 1 || x[3] < 1 ? throw new ShapeException($"input {x} has no element to average")
        : new PlaneWindows(AxisWindows.Adaptive(x[2], Rows), AxisWindows.Adaptive(x[3], Columns));

    internal override int Divisor(PlaneWindows windows, int window)
    {
        var (row, column) = Math.DivRem(window, Columns);
        return windows.Rows.Taps[row] * windows.Columns.Taps[column];
    }

    internal override long Divisions(PlaneWindows windows) =>
        windows.Count - (windows.Rows.Single(false) * windows.Columns.Single(false));
}

public static partial class Functions
{
    /// <summary>Means over windows of nearly equal size.</summary>
    /// <param name="x">The planes, [N, C, H, W].</param>
    /// <param name="size">Rows and columns of the result: 1 averages whole planes.</param>
    /// <returns>[N, C, rows, columns].</returns>
    public static Variable AdaptiveAvgPool2d(Variable x, Pair size) =>
        x.Builder.Apply(new AdaptiveAvgPool2d(size.Rows, size.Columns), x);
}
