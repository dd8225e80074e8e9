using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>slope · g: the derivative of a smooth elementwise function, applied to a tangent or a cotangent.</summary>
/// <typeparam name="TRule">The struct that carries the function's rule.</typeparam>
/// <param name="Rule">The rule with its attributes.</param>
/// <remarks>Arguments of one shape: the function's argument x or its value y, as the rule says, and g.</remarks>
public sealed record UnaryGradient<TRule>(TRule Rule) : CompositeFunction
    where TRule : struct, IUnary, IEquatable<TRule>
{
    private bool FromValue => ((IGradientRule)Rule).FromValue;

    /// <inheritdoc/>
    public override string Name => $"{Rule.Name}_gradient";

    /// <inheritdoc/>
    public override string Attributes => Rule.Attributes;

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (at, g) = (arguments[0], arguments[1]);
        if (at.Type != g.Type)
        {
            throw new ShapeException($"takes two arguments of one shape, {(FromValue ? "y" : "x")} and g, given {at.Type} and {g.Type}");
        }

        // One argument stands for both: the rule reads the one that it declares.
        var slope = Rule.Slope(Traced.Of(at), Traced.Of(at), Selection.Default);
        return [(slope * Traced.Of(g)).Materialise(g)];
    }
}
