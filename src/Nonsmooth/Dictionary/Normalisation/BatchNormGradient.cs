using System.Globalization;
using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>The cotangents of batch norm's x, weight and bias from that of its first result.</summary>
/// <param name="Epsilon">Added to the variance, ε.</param>
/// <remarks>
/// Arguments x [N, C, …], weight [C], mean [C], variance [C] and g like x; with x̂ = (x − mean)/√(variance + ε) the
/// results are weight/√(variance + ε) · (g − E g − x̂·E(g·x̂)), Σ g·x̂ and Σ g, means and sums over a channel. That mean
/// and variance are those of x is used here but not assumed by the derivatives of this function, which take all five
/// arguments as free.
/// </remarks>
public sealed record BatchNormGradient(double Epsilon = 1e-5) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "batch_norm_gradient";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"epsilon={Epsilon}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (x, weight, g) = (arguments[0], arguments[1], arguments[4]);
        var channels = BatchNormInference.Channels(x, weight, arguments[2]);
        BatchNormInference.Channels(g, weight, arguments[3]);
        int[] axes = BatchNorm.Axes(x.Shape);
        double share = weight.Shape.Count64 / (double)x.Shape.Count64;
        var scale = Functions.Rsqrt(arguments[3] + Epsilon);
        var normalised = (x - arguments[2].Reshape(channels)) * scale.Reshape(channels);
        var ofWeight = (g * normalised).Sum(true, axes);
        var ofBias = g.Sum(true, axes);
        var inner = g - (share * ofBias) - (normalised * (share * ofWeight));
        return [inner * (weight * scale).Reshape(channels), ofWeight.Reshape(weight.Shape), ofBias.Reshape(weight.Shape)];
    }
}
