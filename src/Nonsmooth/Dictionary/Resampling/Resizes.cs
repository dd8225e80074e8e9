using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>Axes resized by interpolation: ONNX's Resize, torch's interpolate.</summary>
    /// <param name="x">The tensor, real.</param>
    /// <param name="axes">The axes.</param>
    /// <param name="sizes">Their sizes in the result.</param>
    /// <param name="resizing">How; null for linear with half pixels.</param>
    /// <param name="scales">The scale of each axis; null for its size in the result over its own.</param>
    /// <param name="regions">Each axis's start and end, for <see cref="ResizeCoordinates.CropAndResize"/>.</param>
    /// <param name="extrapolation">What elements beyond the region of the original are, for that; 0 by default.</param>
    /// <remarks>Linear in x: one matrix along each axis, so the gradient is interpolation's transpose and has no kink.</remarks>
    /// <exception cref="ShapeException">There is not one number an axis, or an axis is empty.</exception>
    public static Variable Resize(
        Variable x,
        IntVector axes,
        IntVector sizes,
        Resizing? resizing = null,
        IReadOnlyList<double>? scales = null,
        IReadOnlyList<(double Start, double End)>? regions = null,
        double extrapolation = 0)
    {
        resizing ??= new();
        if (sizes.Count != axes.Count || (scales ?? []).Count is var s && s != 0 && s != axes.Count || (regions ?? []).Count is var r && r != 0 && r != axes.Count)
        {
            throw new ShapeException($"axes {axes} resized to {sizes}: give one size, and one scale and region if any, an axis");
        }

        Variable? outside = null;
        for (int i = 0; i < axes.Count; i++)
        {
            int axis = x.Shape.Axis(axes[i]);
            int size = x.Shape[axis];
            double? scale = scales?[i];
            (double, double)? region = regions?[i];
            x = x.Along(axis, resizing.Map(size, sizes[i], scale, region));
            if (resizing.Coordinates == ResizeCoordinates.CropAndResize && resizing.Outside(size, sizes[i], scale, region) is var beyond && beyond.Contains(true))
            {
                var line = x.Builder.Constant(Tensor.Of(new Shape([sizes[i], .. Enumerable.Repeat(1, x.Shape.Rank - 1 - axis)]), beyond));
                outside = outside is null ? line : Either(outside, line);
            }
        }

        return outside is null ? x : Where(outside, extrapolation, x);
    }

    private static Variable Either(Variable a, Variable b) => Broadcasting.Apply(new Logical(LogicalOperation.Or), a, b);
}
