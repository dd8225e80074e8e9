using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>The mean of every window over any number of axes.</summary>
    /// <param name="x">[N, C, axes…], or without N.</param>
    /// <param name="kernel">The size of a window on each of these axes.</param>
    /// <param name="windowing">How windows slide; null for the kernel's size, without border.</param>
    /// <param name="countIncludePad">Whether the mean is over the border too, but not over what lies beyond it.</param>
    /// <param name="divisor">What every sum is divided by instead.</param>
    /// <returns>[N, C, windows…]; 0 for a window that holds nothing to count.</returns>
    /// <exception cref="ShapeException">No window fits, or there is not one number an axis.</exception>
    public static Variable AvgPool(Variable x, IntVector kernel, Windowing? windowing = null, bool countIncludePad = true, double? divisor = null)
    {
        windowing ??= new();
        var windows = windowing.Along(x.Shape, kernel);
        bool plain = kernel.Count <= 2 && (divisor is null || (divisor is >= 1 and <= int.MaxValue && double.IsInteger(divisor.Value))) && windowing.IsSymmetric(kernel) && windowing.Dilations(kernel.Count).All(d => d == 1);
        if (!plain || windows.Any(w => w.Occupied < w.Output))
        {
            return Means(x, windows, countIncludePad, divisor);
        }

        var planes = Plane(x, kernel.Count);
        var pool = new AvgPool2d(Two(kernel, 1), Two(windowing.Strides(kernel), 1), Two(windowing.Borders(kernel.Count), 0), countIncludePad, windowing.CeilMode, (int?)divisor);
        return planes.Builder.Apply(pool, planes).Reshape(Pooled(x.Shape, windows));
    }

    /// <summary>Means over windows of nearly equal size, so many that the result has given sizes.</summary>
    /// <param name="x">[N, C, axes…], or without N.</param>
    /// <param name="sizes">The sizes of these axes in the result.</param>
    /// <exception cref="ShapeException">A size is below 1, or there is nothing to average.</exception>
    public static Variable AdaptiveAvgPool(Variable x, IntVector sizes) => Means(x, Adaptive(x.Shape, sizes), false, null);

    /// <summary>The p-norm of every window over any number of axes: (Σ|x|ᵖ)^(1/p).</summary>
    /// <param name="x">[N, C, axes…], or without N.</param>
    /// <param name="p">The order, above 0; ∞ for the largest size.</param>
    /// <param name="kernel">The size of a window on each of these axes.</param>
    /// <param name="windowing">How windows slide; null for the kernel's size, without border.</param>
    /// <remarks>
    /// Orders 1, 2 and ∞ have the kinks and keys of <see cref="Norm"/>; at the zero vector other orders have the derivative of their
    /// formula, NaN above order 1.
    /// </remarks>
    /// <exception cref="ShapeException">No window fits, or the order is not above 0.</exception>
    public static Variable LpPool(Variable x, double p, IntVector kernel, Windowing? windowing = null)
    {
        if (!(p > 0))
        {
            throw new ShapeException($"a pooling of order {p}: give one above 0");
        }

        windowing ??= new();
        var windows = windowing.Along(x.Shape, kernel);
        var elements = Unrolled.Windows(x, windows, 0);
        var norms = p == 1 || p == 2 || double.IsPositiveInfinity(p)
            ? elements.Norm(p, elements.Shape.Rank - 1)
            : Pow(Pow(Abs(elements), p).Sum(elements.Shape.Rank - 1), 1 / p);
        return norms.Reshape(Pooled(x.Shape, windows));
    }

    // A mean over a block is one over each axis after the other.
    private static Variable Means(Variable x, AxisWindows[] windows, bool countIncludePad, double? divisor)
    {
        int first = x.Shape.Rank - windows.Length;
        for (int axis = 0; axis < windows.Length; axis++)
        {
            var along = windows[axis];
            double? all = divisor is null ? null : axis == windows.Length - 1 ? divisor : 1;
            x = x.Along(first + axis, AxisMap.Of(along.Input, Enumerable.Range(0, along.Output).Select(o => Enumerable.Range(0, along.Taps[o])
                .Select(j => (along.First[o] + (j * along.Step), 1 / (all ?? (countIncludePad ? along.Padded[o] : along.Taps[o])))))));
        }

        return x;
    }
}
