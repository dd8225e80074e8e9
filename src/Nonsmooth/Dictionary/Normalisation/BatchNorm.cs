using System.Globalization;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>(x − mean)/√(variance + ε) a channel, by the batch's own statistics, times a weight, plus a bias.</summary>
/// <param name="Epsilon">Added to the variance, ε.</param>
/// <remarks>Arguments x [N, C, …], weight [C], bias [C]. Results y, then the mean [C] and the variance [C] (divided by
/// the count) that a running average takes. Backprop keeps x and these, and is one <see cref="BatchNormGradient"/>.</remarks>
public sealed record BatchNorm(double Epsilon = 1e-5) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "batch_norm";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"epsilon={Epsilon}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with
    {
        Saves = new([0], [], static (arguments, _) => 2 * arguments[1].Shape.Count64),
        Warning = static arguments => arguments[0].Shape.Count64 == arguments[1].Shape.Count64
            ? "normalises one value a channel, which becomes its bias whatever it is, and nothing before it learns: take a larger batch, or images that are larger there"
            : null,
    };

    /// <inheritdoc/>
    public override bool HasVjp => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        var (x, weight, mean, variance) = (at.Arguments[0], at.Arguments[1], at.Results[1], at.Results[2]);
        var parts = new Variable?[3];
        if (cotangents[0] is { } g)
        {
            parts = [.. at.Builder.ApplyAll(new BatchNormGradient(Epsilon), x, weight, mean, variance, g)];
        }

        var channels = BatchNormInference.Channels(x, weight, weight);
        double share = weight.Shape.Count64 / (double)x.Shape.Count64;
        var inner = parts[0];
        if (cotangents[1] is { } ofMean)
        {
            inner = Moments.Plus(inner, Broadcasting.To(share * ofMean.Reshape(channels), x.Shape));
        }

        if (cotangents[2] is { } ofVariance)
        {
            inner = Moments.Plus(inner, (x - mean.Reshape(channels)) * (2 * share * ofVariance.Reshape(channels)));
        }

        return [inner, parts[1], parts[2]];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (x, weight, bias) = (arguments[0], arguments[1], arguments[2]);
        var channels = BatchNormInference.Channels(x, weight, bias);
        int[] axes = Axes(x.Shape);
        var mean = x.Mean(true, axes);
        var centred = x - mean;
        var variance = Functions.Square(centred).Mean(true, axes);
        var y = (centred * Functions.Rsqrt(variance + Epsilon) * weight.Reshape(channels)) + bias.Reshape(channels);
        return [y, mean.Reshape(weight.Shape), variance.Reshape(weight.Shape)];
    }

    internal static int[] Axes(Shape shape) => [.. Enumerable.Range(0, shape.Rank).Where(i => i != 1)];
}

public static partial class Functions
{
    /// <summary>(x − mean)/√(variance + ε) a channel, by the batch's own statistics, times a weight, plus a bias.</summary>
    public static Variable BatchNorm(Variable x, Variable weight, Variable bias, double epsilon = 1e-5) => x.Builder.ApplyAll(new BatchNorm(epsilon), x, weight, bias)[0];
}
