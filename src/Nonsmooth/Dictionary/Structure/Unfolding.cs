using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>The windows of planes as columns (im2col), the border 0.</summary>
    /// <param name="x">[N, C, axes…].</param>
    /// <param name="kernel">The size of a window on each of these axes.</param>
    /// <param name="windowing">How windows slide; null for steps of 1 without border.</param>
    /// <returns>[N, C·taps, windows].</returns>
    /// <exception cref="ShapeException">No window fits, or there is not one number an axis.</exception>
    public static Variable Unfold(Variable x, IntVector kernel, Windowing? windowing = null)
    {
        var windows = Single(windowing, kernel).Along(x.Shape, kernel);
        for (int axis = 0; axis < windows.Length; axis++)
        {
            x = x.Along(2 + axis, Columns(windows[axis]));
        }

        return x.Reshape(Apart(x.Shape, windows, kernel)).Transpose(ToColumns(windows.Length))
            .Reshape(new Shape(x.Shape[0], x.Shape[1] * new Shape(kernel.AsSpan()).Elements, Pooled(x.Shape, windows)[2..].Elements));
    }

    /// <summary>Columns added up where their windows lie (col2im): the transpose of <see cref="Unfold"/>.</summary>
    /// <param name="columns">[N, C·taps, windows].</param>
    /// <param name="sizes">The sizes of the planes' axes.</param>
    /// <param name="kernel">The size of a window on each of these axes.</param>
    /// <param name="windowing">How windows slide; null for steps of 1 without border.</param>
    /// <returns>[N, C, sizes…].</returns>
    /// <exception cref="ShapeException">The columns are not those of such windows.</exception>
    public static Variable Fold(Variable columns, IntVector sizes, IntVector kernel, Windowing? windowing = null)
    {
        int taps = new Shape(kernel.AsSpan()).Elements;
        var plane = new Shape([columns.Shape[0], columns.Shape[1] / Math.Max(1, taps), .. sizes]);
        var windows = Single(windowing, kernel).Along(plane, kernel);
        int count = Pooled(plane, windows)[2..].Elements;
        if (columns.Shape[1] % taps != 0 || columns.Shape[2] != count)
        {
            throw new ShapeException($"columns {columns.Shape} of windows of {kernel} in planes of {sizes}: there must be a multiple of {taps} channels and {count} windows");
        }

        var apart = Apart(plane, windows, kernel);
        int[] order = ToColumns(windows.Length);
        int[] back = [.. Enumerable.Range(0, order.Length).Select(a => Array.IndexOf(order, a))];
        var x = columns.Reshape(new Shape([.. order.Select(a => apart[a])])).Transpose(back)
            .Reshape(new Shape([.. plane[..2], .. windows.Select((w, axis) => w.Output * kernel[axis])]));
        for (int axis = 0; axis < windows.Length; axis++)
        {
            x = x.Along(2 + axis, Columns(windows[axis]).Transposed);
        }

        return x;
    }

    private static Windowing Single(Windowing? windowing, IntVector kernel) => (windowing ?? new()) with { Stride = windowing?.Stride ?? Ones(kernel.Count) };

    private static AxisMap Columns(AxisWindows windows) => AxisMap.Of(windows.Input, windows.Places(out _).Select(p => p < 0 ? [] : new[] { (p, 1.0) }));

    private static Shape Apart(Shape x, AxisWindows[] windows, IntVector kernel) =>
        new([x[0], x[1], .. windows.SelectMany((w, axis) => new[] { w.Output, kernel[axis] })]);

    // From windows and taps axis by axis to all taps and then all windows.
    private static int[] ToColumns(int axes) =>
        [0, 1, .. Enumerable.Range(0, axes).Select(a => 3 + (2 * a)), .. Enumerable.Range(0, axes).Select(a => 2 + (2 * a))];
}
