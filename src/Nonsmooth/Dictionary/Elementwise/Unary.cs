using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The elementary function that applies a rule of one variable to every element.</summary>
/// <typeparam name="TRule">The struct that carries the rule.</typeparam>
/// <param name="Rule">The rule with its attributes.</param>
public sealed record Unary<TRule>(TRule Rule) : ElementaryFunction, IScalarFunction, IUnaryFunction
    where TRule : struct, IUnary, IEquatable<TRule>
{
    /// <inheritdoc/>
    public override string Name => Rule.Name;

    /// <inheritdoc/>
    public override string Attributes => Rule.Attributes;

    IUnary IUnaryFunction.Rule => Rule;

    /// <inheritdoc/>
    public Variable Expand(Variable x) => Rule.Value(Traced.Of(x)).Materialise(x);

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [TensorType.Real(Check.Reals(arguments, 1)[0].Shape)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var y = new Tensor<T>(x.Shape);
        for (int i = 0; i < x.Elements.Length; i++)
        {
            y.Elements[i] = Rule.Value(x.Elements[i]);
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } tangent ? Scale(at, tangent) : null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } cotangent ? Scale(at, cotangent) : null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        arguments[0].Shape.Count64 * Counted.Measure(() => Rule.Value(Counted.Variable(0.5)));

    /// <inheritdoc/>
    public T Derive<T>(ReadOnlySpan<T> arguments, Span<T> partials, Selection selection)
        where T : IScalar<T>
    {
        var (value, slope) = Rule.Derive(arguments[0], selection);
        partials[0] = slope;
        return value;
    }

    /// <inheritdoc/>
    public override bool HasGaps => KinkPoints(Selection.Default).Count > 0;

    /// <inheritdoc/>
    public override void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales) =>
        PointGaps.Measure(at.First.Slice(start, gaps.Length), KinkPoints(Selection.Default), gaps, scales);

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => RuleReading.Of(Rule, arguments => [Expand(arguments[0])]);

    // Both transposes of a diagonal Jacobian are itself, so one rule serves tangents and cotangents.
    private Variable? Scale(Derivation at, Variable direction)
    {
        if (Rule is IPiecewiseLinear linear)
        {
            var pieces = linear.Pieces(at.Selection);
            var from = linear.SlopesFromValue(at.Selection) ? at.Results[0] : at.Arguments[0];
            return pieces == Pieces.Constant(0) ? null : direction.Builder.Apply(new Gate(pieces), from, direction);
        }

        if (Rule is IGradientRule gradient)
        {
            var from = gradient.FromValue ? at.Results[0] : at.Arguments[0];
            return direction.Builder.Apply(new UnaryGradient<TRule>(Rule), from, direction);
        }

        var slope = Rule.Slope(Traced.Of(at.Arguments[0]), Traced.Of(at.Results[0]), at.Selection);
        return slope.IsConstant(0) ? null : (slope * Traced.Of(direction)).Materialise(direction);
    }
}
