using System.Globalization;
using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>(x − mean)/√(variance + ε) a channel, by the batch's own statistics, times a weight, plus a bias.</summary>
/// <param name="Epsilon">Added to the variance, ε.</param>
/// <remarks>Arguments x [N, C, …], weight [C], bias [C]. Results y, then the mean [C] and the variance [C] (divided by
/// the count) that a running average takes.</remarks>
public sealed record BatchNorm(double Epsilon = 1e-5) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "batch_norm";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"epsilon={Epsilon}");

    /// <inheritdoc/>
    public override Regularity Regularity => Regularity.Smooth;

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (x, weight, bias) = (arguments[0], arguments[1], arguments[2]);
        var channels = BatchNormInference.Channels(x, weight, bias);
        int[] axes = [.. Enumerable.Range(0, x.Shape.Rank).Where(i => i != 1)];
        var mean = x.Mean(true, axes);
        var centred = x - mean;
        var variance = Functions.Square(centred).Mean(true, axes);
        var y = (centred * Functions.Rsqrt(variance + Epsilon) * weight.Reshape(channels)) + bias.Reshape(channels);
        return [y, mean.Reshape(weight.Shape), variance.Reshape(weight.Shape)];
    }
}

public static partial class Functions
{
    /// <summary>(x − mean)/√(variance + ε) a channel, by the batch's own statistics, times a weight, plus a bias.</summary>
    public static Variable BatchNorm(Variable x, Variable weight, Variable bias, double epsilon = 1e-5) => x.Builder.ApplyAll(new BatchNorm(epsilon), x, weight, bias)[0];
}
