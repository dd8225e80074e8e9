using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The cotangents of layer norm's x, weight and bias from that of its first result.</summary>
/// <remarks>
/// Arguments x, weight like its last axes, mean and scale = 1/√(variance + ε) with those axes of size 1, and g like x;
/// with x̂ = (x − mean)·scale and h = g·weight the results are scale · (h − E h − x̂·E(h·x̂)), means over the last axes,
/// and Σ g·x̂ and Σ g over the others. Its derivatives take all five arguments as free.
/// </remarks>
public sealed record LayerNormGradient : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "layer_norm_gradient";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (x, weight, mean, scale, g) = (arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]);
        int[] axes = LayerNorm.Axes(x, weight, weight);
        var statistics = new Shape([.. x.Shape.Select((size, i) => i < axes[0] ? size : 1)]);
        if (!mean.Shape.Equals(statistics) || !scale.Shape.Equals(statistics) || !g.Shape.Equals(x.Shape))
        {
            throw new ShapeException(
                $"takes mean and scale {statistics} and g like x {x.Shape}, given {mean.Shape}, {scale.Shape} and {g.Shape}");
        }

        var normalised = (x - mean) * scale;
        var h = g * weight;
        var inner = scale * (h - h.Mean(true, axes) - (normalised * (h * normalised).Mean(true, axes)));
        return [inner, Others(g * normalised), Others(g)];

        Variable Others(Variable terms) => axes[0] == 0 ? terms : terms.Sum(false, [.. Enumerable.Range(0, axes[0])]);
    }
}
