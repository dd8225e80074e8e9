using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The elements along an axis in order, and the permutation that orders them.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Descending">Largest first.</param>
/// <remarks>
/// Results: values and indices, values[i] = x[indices[i]]. Stable: ties stay in order. NaN is greatest: last
/// ascending, first descending. The derivative follows the permutation, whatever the selection: at ties one of
/// several (every one a Clarke selection); the indices have none. n⌈log₂ n⌉ − 2^⌈log₂ n⌉ + 1 comparisons a
/// line. Source: reliability specification, 5.
/// </remarks>
public sealed record Sort(int Axis, bool Descending) : ElementaryFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "sort";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}{(Descending ? ", descending" : "")}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Form("where elements tie", x => [SortingNetwork.Sort(x[0], Axis, Descending), x[0].Builder.ApplyAll(this, x[0])[1]]),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var shape = Check.Reals(arguments, 1)[0].Shape;
        Lines.Along(shape, Axis);
        return [shape, TensorType.Index(shape)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T> =>
        Bind((Tensor<T>)arguments[0], Axis, Descending, (Tensor<T>)results[0], (Tensor<long>)results[1]);

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? at.Builder.Apply(new Gather(Axis), t, at.Results[1]) : null, null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } g
            ? at.Builder.Apply(new ScatterAdd(Axis, at.Arguments[0].Shape[Axis]), g, at.Results[1])
            : null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        StableOrder.Count(Lines.Along(arguments[0].Shape, Axis));

    // Each value follows one of the elements that tie, whatever the selection.
    /// <inheritdoc/>
    public override RuleGrounds? Grounds(Selection selection) => RuleGrounds.Ties(TieRule.First);

    /// <inheritdoc/>
    public override bool HasGaps => true;

    /// <inheritdoc/>
    public override int GapGrain(IReadOnlyList<TensorType> arguments) => OrderGaps.Slab(arguments[0].Shape, Axis, arguments[0].Shape[Axis]);

    /// <inheritdoc/>
    public override void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales) =>
        OrderGaps.Measure(at.First, Lines.Along(at.Types[0].Shape, Axis), .., Descending, start, gaps, scales);

    /// <summary>Fills in the first elements of each line in order, as many as the results hold.</summary>
    internal static Action Bind<T>(Tensor<T> x, int axis, bool descending, Tensor<T> values, Tensor<long> indices)
        where T : struct, INumeric<T>
    {
        var from = Lines.Along(x.Shape, axis);
        var to = Lines.Along(values.Shape, axis);
        var order = new StableOrder<T>(from.Length, descending);
        return () =>
        {
            for (int line = 0; line < from.Count && from.Length > 0; line++)
            {
                int start = from.Start(line);
                var ordered = order.Of(x, start, from.Step);
                int position = to.Length == 0 ? 0 : to.Start(line);
                for (int i = 0; i < to.Length; i++)
                {
                    values[position] = x[start + (ordered[i] * from.Step)];
                    indices[position] = ordered[i];
                    position += to.Step;
                }
            }
        };
    }
}

public static partial class VariableExtensions
{
    /// <summary>The elements along an axis in order, and the permutation that orders them.</summary>
    public static (Variable Values, Variable Indices) Sort(this Variable x, int axis = -1, bool descending = false)
    {
        var results = x.Builder.ApplyAll(new Sort(x.Shape.Axis(axis), descending), x);
        return (results[0], results[1]);
    }
}
