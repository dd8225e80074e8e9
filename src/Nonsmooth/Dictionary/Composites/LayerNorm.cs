using System.Globalization;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>(x − mean)/√(variance + ε), over the last axes, times a weight, plus a bias.</summary>
/// <param name="Epsilon">Added to the variance, ε.</param>
public sealed record LayerNorm(double Epsilon = 1e-5) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "layer_norm";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"epsilon={Epsilon}");

    /// <inheritdoc/>
    public override Regularity Regularity => Regularity.Smooth;

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (x, weight, bias) = (arguments[0], arguments[1], arguments[2]);
        int rank = weight.Shape.Rank;
        if (rank == 0 || rank > x.Shape.Rank || !x.Shape[^rank..].Equals(weight.Shape) || !weight.Shape.Equals(bias.Shape))
        {
            throw new ShapeException($"takes x, and weight and bias of its last axes, given {x.Shape}, {weight.Shape} and {bias.Shape}");
        }

        int[] axes = [.. Enumerable.Range(x.Shape.Rank - rank, rank)];
        var centred = x - x.Mean(true, axes);
        var scale = Functions.Rsqrt(Functions.Square(centred).Mean(true, axes) + Epsilon);
        return [(centred * scale * weight) + bias];
    }
}

public static partial class Functions
{
    /// <summary>(x − mean)/√(variance + ε), over the last axes, times a weight, plus a bias.</summary>
    public static Variable LayerNorm(Variable x, Variable weight, Variable bias, double epsilon = 1e-5) => x.Builder.Apply(new LayerNorm(epsilon), x, weight, bias);
}
