using System.Globalization;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>(x − mean)/√(variance + ε) a channel, by given statistics, times a weight, plus a bias.</summary>
/// <param name="Epsilon">Added to the variance, ε.</param>
/// <remarks>Arguments x [N, C, …], weight, bias, mean and variance [C].</remarks>
public sealed record BatchNormInference(double Epsilon = 1e-5) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "batch_norm_inference";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"epsilon={Epsilon}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Argument };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var channels = Channels(arguments[0], arguments[1], arguments[2]);
        Channels(arguments[0], arguments[3], arguments[4]);
        var scale = Functions.Rsqrt(arguments[4] + Epsilon) * arguments[1];
        return [((arguments[0] - arguments[3].Reshape(channels)) * scale.Reshape(channels)) + arguments[2].Reshape(channels)];
    }

    /// <summary>The shape [1, C, 1, …] of a channel's number, checked.</summary>
    internal static Shape Channels(Variable x, Variable first, Variable second)
    {
        var shape = x.Shape;
        return shape.Rank >= 2 && first.Shape.Equals(new Shape(shape[1])) && first.Shape.Equals(second.Shape)
            ? new Shape([.. shape.Select((size, i) => i == 1 ? size : 1)])
            : throw new ShapeException($"takes x N×C×… and one number a channel, given {shape}, {first.Shape} and {second.Shape}");
    }
}

public static partial class Functions
{
    /// <summary>(x − mean)/√(variance + ε) a channel, by given statistics, times a weight, plus a bias.</summary>
    public static Variable BatchNormInference(Variable x, Variable weight, Variable bias, Variable mean, Variable variance, double epsilon = 1e-5) => x.Builder.Apply(new BatchNormInference(epsilon), x, weight, bias, mean, variance);
}
