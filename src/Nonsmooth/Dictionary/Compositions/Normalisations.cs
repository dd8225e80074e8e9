using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>(x − mean)/√(variance + ε) over groups of channels of each sample, times a weight and plus a bias a channel.</summary>
    /// <param name="x">N×C×….</param>
    /// <param name="groups">How many groups, a divisor of C.</param>
    /// <param name="weight">One number a channel, or none.</param>
    /// <param name="bias">One number a channel, or none.</param>
    /// <param name="epsilon">Added to the variance, ε.</param>
    /// <exception cref="ShapeException">The channels do not divide into the groups.</exception>
    public static Variable GroupNorm(Variable x, int groups, Variable? weight = null, Variable? bias = null, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank < 2 || groups < 1 || x.Shape[1] % groups != 0)
        {
            throw new ShapeException($"group norm of {x.Shape} takes N×C×… and a number of groups that divides C, given {groups}");
        }

        int inner = x.Shape[1] / groups * x.Shape[2..].Elements;
        var line = new Shape(inner);
        var y = LayerNorm(x.Reshape(new Shape(x.Shape[0], groups, inner)), x.Builder.Apply(new Fill(line, 1)), x.Builder.Apply(new Fill(line, 0)), epsilon).Reshape(x.Shape);
        var channels = new Shape([.. x.Shape.Select((size, i) => i == 1 ? size : 1)]);
        y = weight is null ? y : y * weight.Reshape(channels);
        return bias is null ? y : y + bias.Reshape(channels);
    }

    /// <summary>(x − mean)/√(variance + ε) over each channel of each sample, times a weight and plus a bias a channel.</summary>
    public static Variable InstanceNorm(Variable x, Variable? weight = null, Variable? bias = null, double epsilon = 1e-5) =>
        GroupNorm(x, x.Shape.Rank < 2 ? 1 : Math.Max(1, x.Shape[1]), weight, bias, epsilon);

    /// <summary>x/√(mean x² + ε) over the last axes, times a weight.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="rank">How many axes, from the last.</param>
    /// <param name="weight">Shaped like those axes, or none.</param>
    /// <param name="epsilon">Added to the mean square, ε.</param>
    public static Variable RmsNorm(Variable x, int rank = 1, Variable? weight = null, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (rank < 1 || rank > x.Shape.Rank)
        {
            throw new ShapeException($"rms norm over {rank} axes of {x.Shape}: give at least 1, at most all");
        }

        if (!(epsilon >= 0))
        {
            var scaled = x * Rsqrt(Square(x).Mean(true, [.. Enumerable.Range(x.Shape.Rank - rank, rank)]) + epsilon);
            return weight is null ? scaled : scaled * weight;
        }

        // As the length of x with one entry more: squares would overflow where a format is narrow, and ε be lost.
        int count = x.Shape[^rank..].Elements;
        var lead = x.Shape[..^rank];
        var line = x.Reshape(lead.Concat(new Shape(count)));
        var (before, after) = (new int[lead.Rank + 1], new int[lead.Rank + 1]);
        after[^1] = 1;
        var length = Pad(line, before, after, Math.Sqrt(count * epsilon)).Norm(2, true, -1);
        var y = (line * (Math.Sqrt(count) / length)).Reshape(x.Shape);
        return weight is null ? y : y * weight;
    }

    /// <summary>x/(k + α·mean x²)^β, the mean over a window of channels, zeros beyond the first and the last.</summary>
    /// <param name="x">N×C×….</param>
    /// <param name="size">Channels in the window, of which size/2 lie before the own.</param>
    /// <param name="alpha">The factor α.</param>
    /// <param name="beta">The power β.</param>
    /// <param name="k">The constant k.</param>
    public static Variable LocalResponseNorm(Variable x, int size, double alpha = 1e-4, double beta = 0.75, double k = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Shape.Rank < 2 || size < 1)
        {
            throw new ShapeException($"local response norm takes N×C×… and a window of at least 1, given {x.Shape} and {size}");
        }

        var planes = Square(x).Reshape(new Shape(x.Shape[0], 1, x.Shape[1], x.Shape[2..].Elements));
        var padded = Pad(planes, [0, 0, size / 2, 0], [0, 0, (size - 1) / 2, 0]);
        var mean = AvgPool2d(padded, (size, 1), stride: 1).Reshape(x.Shape);
        return x / Pow((mean * alpha) + k, beta);
    }

    /// <summary>x over its norm along axes, or over ε where that is larger.</summary>
    /// <remarks>Kinks where the norm is ε, and where it has them itself.</remarks>
    public static Variable Normalize(Variable x, double order = 2, double epsilon = 1e-12, params int[] axes) =>
        x / Clamp(x.VectorNorm(order, true, axes), lower: epsilon);

    /// <summary>x·y/(max(‖x‖, ε)·max(‖y‖, ε)) along an axis: the cosine of the angle.</summary>
    public static Variable CosineSimilarity(Variable x, Variable y, int axis = -1, double epsilon = 1e-8)
    {
        var common = Broadcasting.Common(x.Shape, y.Shape);
        axis = common.Axis(axis);
        var (a, b) = (Broadcasting.To(x, common), Broadcasting.To(y, common));
        return (Normalize(a, 2, epsilon, axis) * Normalize(b, 2, epsilon, axis)).Sum(axis);
    }

    /// <summary>The p-norm of x − y + ε along the last axis.</summary>
    public static Variable PairwiseDistance(Variable x, Variable y, double order = 2, double epsilon = 1e-6, bool keepAxis = false) =>
        ((x - y) + epsilon).VectorNorm(order, keepAxis, -1);
}
