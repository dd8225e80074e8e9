using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class VariableExtensions
{
    /// <summary>The variance over axes: Σ(x − mean)²/(n − correction).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="correction">What is taken from the count: 1 for the unbiased estimate, 0 for the mean square.</param>
    /// <param name="keepAxes">Whether the axes stay, with size 1.</param>
    /// <param name="axes">The axes; all without any.</param>
    /// <remarks>NaN or infinite where the count is not above the correction.</remarks>
    public static Variable Variance(this Variable x, double correction = 1, bool keepAxes = false, params int[] axes)
    {
        var (centred, count) = Centred(x, axes);
        return Over(Functions.Square(centred).Sum(keepAxes, axes), Math.Max(0, count - correction));
    }

    /// <summary>The standard deviation over axes, √variance; its slope where all elements are equal is that of a 2-norm at 0.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="correction">What is taken from the count.</param>
    /// <param name="keepAxes">Whether the axes stay, with size 1.</param>
    /// <param name="axes">The axes; all without any.</param>
    public static Variable StandardDeviation(this Variable x, double correction = 1, bool keepAxes = false, params int[] axes)
    {
        var (centred, count) = Centred(x, axes);
        return Over(centred.Norm(2, keepAxes, axes), Math.Sqrt(Math.Max(0, count - correction)));
    }

    /// <summary>Quantiles along an axis, between the elements in order.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="q">Which, in [0, 1]: a scalar or a vector.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="interpolation">What holds between two elements.</param>
    /// <returns>The quantiles without the axis; for a vector q with an axis for them in front. NaN where a line has one.</returns>
    /// <remarks>Ties are those of <see cref="Sort"/>, which keeps their order. Differentiable in q where that is between elements.</remarks>
    public static Variable Quantile(this Variable x, Variable q, int axis = -1, QuantileInterpolation interpolation = QuantileInterpolation.Linear)
    {
        ArgumentNullException.ThrowIfNull(q);
        if (q.Shape.Rank > 1)
        {
            throw new ShapeException($"quantile takes a scalar or a vector of quantiles, given {q.Shape}");
        }

        axis = x.Shape.Axis(axis);
        int size = x.Shape[axis];
        int[] order = [.. Enumerable.Range(0, x.Shape.Rank).Where(a => a != axis), axis];
        var sorted = x.Transpose(order).Sort().Values;
        var rank = q.Reshape(new Shape(q.Shape.Elements)) * (double)(size - 1);
        rank = interpolation == QuantileInterpolation.Nearest ? Functions.Round(rank) : rank;
        var below = Functions.Floor(rank);
        var lines = sorted.Shape[..^1].Concat(q.Shape.Rank == 0 ? new Shape(1) : q.Shape);
        var lower = At(below);
        var value = interpolation switch
        {
            QuantileInterpolation.Lower or QuantileInterpolation.Nearest => lower,
            QuantileInterpolation.Higher => At(Functions.Ceil(rank)),
            _ => Between(At(Functions.Ceil(rank))),
        };
        var last = Broadcasting.To(sorted.Slice(-1, size - 1, size), lines);
        value = Functions.Where(Functions.NotEqual(last, last), last, value);
        return q.Shape.Rank == 0
            ? value.Reshape(lines[..^1])
            : value.Transpose([lines.Rank - 1, .. Enumerable.Range(0, lines.Rank - 1)]);

        Variable At(Variable place) => Functions.Gather(sorted, Broadcasting.To(Functions.Cast(place, ElementKind.Index), lines), -1);

        Variable Between(Variable upper)
        {
            var weight = interpolation == QuantileInterpolation.Midpoint ? null : rank - below;
            return weight is null ? (0.5 * lower) + (0.5 * upper) : lower + (weight * (upper - lower));
        }
    }

    // A quotient is rounded once, an inverse and a product twice.
    private static Variable Over(Variable x, double divisor) => x / x.Builder.Apply(new Fill(x.Shape, divisor));

    private static (Variable Centred, double Count) Centred(Variable x, int[] axes)
    {
        var mean = x.Mean(true, axes);
        return (x - mean, x.Shape.Count64 / (double)Math.Max(1, mean.Shape.Count64));
    }
}
