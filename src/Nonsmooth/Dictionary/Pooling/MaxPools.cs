using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>The maximum of every window over any number of axes, and where it is.</summary>
    /// <param name="x">[N, C, axes…], or without N.</param>
    /// <param name="kernel">The size of a window on each of these axes.</param>
    /// <param name="windowing">How windows slide; null for the kernel's size, without border.</param>
    /// <returns>The maxima, [N, C, windows…], and the flat position of each in its plane: that of the first in row-major order.</returns>
    /// <remarks>
    /// Ties are shared by <c>max-pool-ties</c> over the whole window, as in <see cref="Dictionary.MaxPool2d"/>, which does the work.
    /// No maximum takes an element of the border; a window that holds nothing else is −∞.
    /// </remarks>
    /// <exception cref="ShapeException">No window fits, or there is not one number an axis.</exception>
    public static (Variable Maxima, Variable Positions) MaxPool(Variable x, IntVector kernel, Windowing? windowing = null)
    {
        windowing ??= new();
        var windows = windowing.Along(x.Shape, kernel);
        if (kernel.Count > 2 || !windowing.IsSymmetric(kernel))
        {
            return Maxima(x, windows);
        }

        var planes = Plane(x, kernel.Count);
        var pool = new MaxPool2d(
            Two(kernel, 1), Two(windowing.Strides(kernel), 1), Two(windowing.Borders(kernel.Count), 0), Two(windowing.Dilations(kernel.Count), 1), windowing.CeilMode);
        var results = planes.Builder.ApplyAll(pool, planes);
        var shape = Pooled(x.Shape, windows);
        return (results[0].Reshape(shape), results[1].Reshape(shape));
    }

    /// <summary>The maxima of windows of nearly equal size, so many that the result has given sizes, and where they are.</summary>
    /// <param name="x">[N, C, axes…], or without N.</param>
    /// <param name="sizes">The sizes of these axes in the result.</param>
    /// <returns>As <see cref="MaxPool"/>.</returns>
    /// <exception cref="ShapeException">A size is below 1, or there is nothing to take a maximum of.</exception>
    public static (Variable Maxima, Variable Positions) AdaptiveMaxPool(Variable x, IntVector sizes) => Maxima(x, Adaptive(x.Shape, sizes));

    /// <summary>Numbers put back where a max pooling found them, 0 elsewhere.</summary>
    /// <param name="x">[N, C, windows…].</param>
    /// <param name="positions">For each its flat position in its plane.</param>
    /// <param name="sizes">The sizes of the plane's axes.</param>
    /// <returns>[N, C, sizes…]. Of numbers that meet the last one stays, and it alone has a derivative.</returns>
    public static Variable MaxUnpool(Variable x, Variable positions, IntVector sizes)
    {
        var lead = x.Shape[..^sizes.Count];
        var plane = new Shape(sizes.AsSpan());
        var flat = lead.Concat(new Shape(x.Shape[lead.Rank..].Elements));
        var zeros = x.Builder.Apply(new Fill(lead.Concat(new Shape(plane.Elements)), 0));
        return x.Builder.Apply(new Scatter(lead.Rank), zeros, positions.Reshape(flat), x.Reshape(flat)).Reshape(lead.Concat(plane));
    }

    // Every window a plane of its own, of one row, on which a whole pooling finds one maximum.
    private static (Variable Maxima, Variable Positions) Maxima(Variable x, AxisWindows[] windows)
    {
        var builder = x.Builder;
        var unrolled = Unrolled.Windows(x, windows, double.NegativeInfinity);
        var shape = Pooled(x.Shape, windows);
        var (count, taps) = (unrolled.Shape[^2], unrolled.Shape[^1]);
        int lead = shape.Elements / Math.Max(1, count);
        var results = builder.ApplyAll(
            new MaxPool2d([1, taps], [1, taps], [0, 0], [1, 1]), unrolled.Reshape(new Shape(1, lead, count, taps)));

        // The pooling's positions count over all windows of a plane: they are rows of a table of the true ones.
        var table = builder.Constant(Tensor.Of(new Shape(count * taps, 1), Unrolled.Positions(windows)));
        return (results[0].Reshape(shape), Embedding(table, results[1]).Reshape(shape));
    }

    private static AxisWindows[] Adaptive(Shape x, IntVector sizes) => sizes.All(s => s >= 1) && x.Rank > sizes.Count && x[(x.Rank - sizes.Count)..].All(s => s >= 1)
        ? [.. sizes.Select((size, axis) => AxisWindows.Adaptive(x[x.Rank - sizes.Count + axis], size))]
        : throw new ShapeException($"windows of {x} that make {sizes}: give sizes of at least 1, and as few as there are axes behind the channels");

    private static Shape Pooled(Shape x, AxisWindows[] windows) => x[..^windows.Length].Concat(new Shape([.. windows.Select(w => w.Output)]));

    // Axes as the planes of four: a row where there is one only.
    private static Variable Plane(Variable x, int axes)
    {
        var lead = x.Shape[..^axes];
        int[] inner = axes == 1 ? [1, x.Shape[^1]] : [x.Shape[^2], x.Shape[^1]];
        return x.Reshape(new Shape(lead.Rank > 1 ? lead[..^1].Elements : 1, lead[^1], inner[0], inner[1]));
    }

    private static IntVector Two(IntVector numbers, int otherwise) => numbers.Count == 2 ? numbers : [otherwise, numbers[0]];
}
