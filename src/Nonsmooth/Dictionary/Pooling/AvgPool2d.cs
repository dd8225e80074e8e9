using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The mean of every window.</summary>
/// <param name="Kernel">Rows and columns of a window.</param>
/// <param name="Stride">Distance between windows, at least 1.</param>
/// <param name="Padding">Zeros around the plane: at most half a window.</param>
/// <param name="CountIncludePad">Whether the mean is over the padding too (but not over what lies beyond it).</param>
/// <param name="CeilMode">Whether a last window may reach beyond the padding.</param>
/// <param name="FixedDivisor">What every sum is divided by instead; 1 makes sums. None by default.</param>
/// <remarks>Argument x [N, C, H, W]; result [N, C, Ho, Wo].</remarks>
public sealed record AvgPool2d(
    IntVector Kernel, IntVector Stride, IntVector Padding, bool CountIncludePad = true, bool CeilMode = false, int? FixedDivisor = null)
    : WindowMean
{
    /// <inheritdoc/>
    public override string Name => "avg_pool2d";

    /// <inheritdoc/>
    public override string Attributes => $"kernel={Kernel}, stride={Stride}, padding={Padding}"
        + $"{(CountIncludePad ? "" : ", without padding")}{(CeilMode ? ", ceil" : "")}{(FixedDivisor is { } d ? $", divisor={d}" : "")}";

    internal override PlaneWindows Windows(Shape x) => FixedDivisor is < 1
        ? throw new ShapeException($"the divisor is {FixedDivisor}: give at least 1")
        : PlaneWindows.Sliding(x, Kernel, Stride, Padding, [1, 1], CeilMode);

    internal override int Divisor(PlaneWindows windows, int window)
    {
        var (row, column) = Math.DivRem(window, windows.Columns.Output);
        return FixedDivisor
            ?? (CountIncludePad
                ? windows.Rows.Padded[row] * windows.Columns.Padded[column]
                : windows.Rows.Taps[row] * windows.Columns.Taps[column]);
    }

    internal override long Divisions(PlaneWindows windows) => FixedDivisor is { } divisor
        ? divisor == 1 ? 0 : windows.Count
        : windows.Count - (windows.Rows.Single(CountIncludePad) * windows.Columns.Single(CountIncludePad));
}

public static partial class Functions
{
    /// <summary>The mean of every window of planes.</summary>
    /// <param name="x">The planes, [N, C, H, W].</param>
    /// <param name="kernel">Rows and columns of a window.</param>
    /// <param name="stride">Distance between windows; the kernel's size if not given.</param>
    /// <param name="padding">Zeros around the plane, at most half a window; 0 if not given.</param>
    /// <param name="countIncludePad">Whether the mean is over the padding too.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding.</param>
    /// <returns>The means, [N, C, Ho, Wo].</returns>
    public static Variable AvgPool2d(
        Variable x, Pair kernel, Pair? stride = null, Pair? padding = null, bool countIncludePad = true, bool ceilMode = false) =>
        x.Builder.Apply(new AvgPool2d(kernel, stride ?? kernel, Pair.Or(padding, 0), countIncludePad, ceilMode), x);
}
