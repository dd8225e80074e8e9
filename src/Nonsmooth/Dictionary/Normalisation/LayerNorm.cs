using System.Globalization;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>(x − mean)/√(variance + ε), over the last axes, times a weight, plus a bias.</summary>
/// <param name="Epsilon">Added to the variance, ε.</param>
/// <remarks>
/// Arguments x, and weight and bias shaped like its last axes. Results y, then the mean and 1/√(variance + ε), with those
/// axes of size 1. Backprop keeps x and these, and is one <see cref="LayerNormGradient"/>.
/// </remarks>
public sealed record LayerNorm(double Epsilon = 1e-5) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "layer_norm";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"epsilon={Epsilon}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with
    {
        Saves = new([0], [], static (arguments, results) => 2 * (results[0].Shape.Count64 / arguments[1].Shape.Count64)),
    };

    /// <inheritdoc/>
    public override bool HasVjp => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        var (x, weight, mean, scale) = (at.Arguments[0], at.Arguments[1], at.Results[1], at.Results[2]);
        var parts = new Variable?[3];
        if (cotangents[0] is { } g)
        {
            parts = [.. at.Builder.ApplyAll(new LayerNormGradient(), x, weight, mean, scale, g)];
        }

        double share = 1.0 / weight.Shape.Count64;
        var inner = parts[0];
        if (cotangents[1] is { } ofMean)
        {
            inner = Moments.Plus(inner, Broadcasting.To(share * ofMean, x.Shape));
        }

        if (cotangents[2] is { } ofScale)
        {
            inner = Moments.Plus(inner, (x - mean) * (-share * (scale * scale * scale * ofScale)));
        }

        return [inner, parts[1], parts[2]];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (x, weight, bias) = (arguments[0], arguments[1], arguments[2]);
        int[] axes = Axes(x, weight, bias);
        var mean = x.Mean(true, axes);
        var centred = x - mean;
        var scale = Functions.Rsqrt(Functions.Square(centred).Mean(true, axes) + Epsilon);
        return [(centred * scale * weight) + bias, mean, scale];
    }

    /// <summary>The axes over which the moments are taken, checked.</summary>
    internal static int[] Axes(Variable x, Variable weight, Variable bias)
    {
        int rank = weight.Shape.Rank;
        return rank > 0 && rank <= x.Shape.Rank && x.Shape[^rank..].Equals(weight.Shape) && weight.Shape.Equals(bias.Shape)
            ? [.. Enumerable.Range(x.Shape.Rank - rank, rank)]
            : throw new ShapeException($"takes x, and weight and bias of its last axes, given {x.Shape}, {weight.Shape} and {bias.Shape}");
    }
}

public static partial class Functions
{
    /// <summary>(x − mean)/√(variance + ε), over the last axes, times a weight, plus a bias.</summary>
    public static Variable LayerNorm(Variable x, Variable weight, Variable bias, double epsilon = 1e-5) => x.Builder.ApplyAll(new LayerNorm(epsilon), x, weight, bias)[0];
}
