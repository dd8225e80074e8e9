using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The k largest or smallest elements along an axis, in order, and where they stand.</summary>
/// <param name="K">How many, at most the size of the axis.</param>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Largest">The largest, in descending order; else the smallest, ascending.</param>
/// <remarks>
/// The first k of the stable <see cref="Sort"/>: of tied elements the earlier ones are taken, where libtorch takes
/// any (2, 2, 2, 1: here the first two twos, there others). The derivative follows the indices. It costs the
/// whole sort. Source: reliability specification, 5.
/// </remarks>
public sealed record TopK(int K, int Axis, bool Largest) : ElementaryFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "topk";

    /// <inheritdoc/>
    public override string Attributes => $"k={K}, axis={Axis}{(Largest ? "" : ", smallest")}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Form(
            "where elements tie",
            x => [Slices.Range(SortingNetwork.Sort(x[0], Axis, Largest), Axis, 0, K), x[0].Builder.ApplyAll(this, x[0])[1]]),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var shape = Check.Reals(arguments, 1)[0].Shape;
        int length = Lines.Along(shape, Axis).Length;
        return K >= 0 && K <= length
            ? [shape.With(Axis, K), TensorType.Index(shape.With(Axis, K))]
            : throw new ShapeException($"cannot take {K} of axis {Axis} of {shape}: use k in [0, {length}]");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T> =>
        Dictionary.Sort.Bind((Tensor<T>)arguments[0], Axis, Largest, (Tensor<T>)results[0], (Tensor<long>)results[1]);

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? at.Builder.Apply(new Gather(Axis), t, at.Results[1]) : null, null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } g
            ? at.Builder.Apply(new ScatterAdd(Axis, at.Arguments[0].Shape[Axis]), g, at.Results[1])
            : null];

    // Each value follows one of the elements that tie, whatever the selection.
    /// <inheritdoc/>
    public override RuleGrounds? Grounds(Selection selection) => RuleGrounds.Ties(TieRule.First);

    /// <inheritdoc/>
    public override bool HasGaps => true;

    /// <inheritdoc/>
    public override int GapGrain(IReadOnlyList<TensorType> arguments) => OrderGaps.Slab(arguments[0].Shape, Axis, K);

    /// <inheritdoc/>
    public override void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales) =>
        OrderGaps.Measure(at.First, Lines.Along(at.Types[0].Shape, Axis), ..K, Largest, start, gaps, scales);

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        StableOrder.Count(Lines.Along(arguments[0].Shape, Axis));
}

public static partial class VariableExtensions
{
    /// <summary>The k largest (or smallest) elements along an axis, in order, and where they stand.</summary>
    public static (Variable Values, Variable Indices) TopK(this Variable x, int k, int axis = -1, bool largest = true)
    {
        var results = x.Builder.ApplyAll(new TopK(k, x.Shape.Axis(axis), largest), x);
        return (results[0], results[1]);
    }
}
