using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The elementary function that applies a rule of two variables to every pair of elements.</summary>
/// <typeparam name="TRule">The struct that carries the rule.</typeparam>
/// <param name="Rule">The rule.</param>
/// <remarks>Both arguments have one shape; broadcasting is a node of its own.</remarks>
public sealed record Binary<TRule>(TRule Rule) : ElementaryFunction, IScalarFunction, IBinaryFunction
    where TRule : struct, IBinary, IEquatable<TRule>
{
    /// <inheritdoc/>
    public override string Name => Rule.Name;

    /// <inheritdoc/>
    public override string Attributes => Rule.Attributes;

    IBinary IBinaryFunction.Rule => Rule;

    /// <inheritdoc/>
    public Variable Expand(Variable a, Variable b) => Rule.Value(Traced.Of(a), Traced.Of(b)).Materialise(a);

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [Check.Alike(Name, arguments)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (a, b) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var y = new Tensor<T>(a.Shape);
        for (int i = 0; i < a.Elements.Length; i++)
        {
            y.Elements[i] = Rule.Value(a.Elements[i], b.Elements[i]);
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        var (a, b) = Slopes(at);
        var left = Scale(tangents[0], a);
        var right = Scale(tangents[1], b);
        return [left is null ? right : right is null ? left : left + right];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        var (a, b) = Slopes(at);
        return [at.Active[0] ? Scale(cotangents[0], a) : null, at.Active[1] ? Scale(cotangents[0], b) : null];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        arguments[0].Shape.Count64 * Counted.Measure(() => Rule.Value(Counted.Variable(0.5), Counted.Variable(2)));

    /// <inheritdoc/>
    public T Derive<T>(ReadOnlySpan<T> arguments, Span<T> partials, Selection selection)
        where T : IScalar<T>
    {
        var value = Rule.Value(arguments[0], arguments[1]);
        (partials[0], partials[1]) = Rule.Slopes(arguments[0], arguments[1], value, selection);
        return value;
    }

    /// <inheritdoc/>
    public override bool HasGaps => Kinks is KinkStructure.Extremum;

    /// <inheritdoc/>
    public override void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales)
    {
        bool largest = Kinks is KinkStructure.Extremum { Largest: true };
        var a = at.First.Slice(start, gaps.Length);
        var b = at.Second.Slice(start, gaps.Length);
        for (int i = 0; i < gaps.Length; i++)
        {
            gaps[i] = a[i] == b[i] ? T.Zero : T.Abs(a[i] - b[i]);
            scales[i] = T.Abs(largest ? T.Max(a[i], b[i]) : T.Min(a[i], b[i]));
        }
    }

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => RuleReading.Of(Rule, arguments => [Expand(arguments[0], arguments[1])]);

    private static Variable? Scale(Variable? direction, Traced slope) =>
        direction is null || slope.IsConstant(0) ? null : (slope * Traced.Of(direction)).Materialise(direction);

    private (Traced A, Traced B) Slopes(Derivation at) => Rule.Slopes(
        Traced.Of(at.Arguments[0]), Traced.Of(at.Arguments[1]), Traced.Of(at.Results[0]), at.Selection);
}
