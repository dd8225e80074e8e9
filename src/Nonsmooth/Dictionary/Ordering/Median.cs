using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The lower median along an axis, which goes, and where it stands.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <remarks>
/// Results: the element of rank ⌊(n − 1)/2⌋ and the first position that holds it. NaN, and the first NaN's
/// position, where a line has one. Over nothing it has no value: an error. The derivative is shared among the
/// elements equal to the median by <see cref="Selections.Selection.MedianTies"/>, ranks counted along the axis; the
/// position has none. It costs a sort. Source: reliability specification, 5.
/// </remarks>
public sealed record Median(int Axis) : ElementaryFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "median";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Form("where several elements equal the median", x => [SortingNetwork.Median(x[0], Axis), x[0].Builder.ApplyAll(this, x[0])[1]]),
        Keys = [SelectionKeys.MedianTies],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var shape = Check.Reals(arguments, 1)[0].Shape;
        Lines.NotEmpty(Name, shape, Axis);
        var result = Reduction.Result(shape, [Axis], false);
        return [result, TensorType.Index(result)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var x = (Tensor<T>)arguments[0];
        var lines = Lines.NotEmpty(Name, x.Shape, Axis);
        var (values, indices) = ((Tensor<T>)results[0], (Tensor<long>)results[1]);
        var order = new StableOrder<T>(lines.Length, false);

        return () =>
        {
            for (int line = 0; line < lines.Count; line++)
            {
                int start = lines.Start(line);
                var ordered = order.Of(x, start, lines.Step);

                // The sort has compared neighbours already: which of them are equal is known.
                var greatest = At(x, lines, start, ordered[^1]);
                int place = T.IsNaN(greatest) ? lines.Length - 1 : (lines.Length - 1) / 2;
                var median = At(x, lines, start, ordered[place]);
                while (place > 0 && Same(At(x, lines, start, ordered[place - 1]), median))
                {
                    place--;
                }

                values[line] = x[start + (ordered[place] * lines.Step)];
                indices[line] = ordered[place];
            }
        };

        static T At(Tensor<T> x, Lines lines, int start, int index) => x[start + (index * lines.Step)];

        static bool Same(T left, T right)
        {
            var (a, b) = T.Ordered(left, right);
            return a == b || (double.IsNaN(a) && double.IsNaN(b));
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        if (tangents[0] is not { } t)
        {
            return [null, null];
        }

        var weights = TieWeights.Of(at, at.Arguments[0], [Axis], at.Selection.MedianTies);
        return [at.Builder.Apply(new Sum([Axis], false), Functions.Multiply(weights, t)), null];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        if (cotangents[0] is not { } g)
        {
            return [null];
        }

        var weights = TieWeights.Of(at, at.Arguments[0], [Axis], at.Selection.MedianTies);
        return [Functions.Multiply(weights, Reduction.Spread(g, at.Arguments[0].Shape, [Axis]))];
    }

    /// <inheritdoc/>
    public override bool HasGaps => true;

    /// <inheritdoc/>
    public override int GapGrain(IReadOnlyList<TensorType> arguments) => OrderGaps.Slab(arguments[0].Shape, Axis, 1);

    /// <inheritdoc/>
    public override void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales)
    {
        var lines = Lines.Along(at.Types[0].Shape, Axis);
        int rank = (lines.Length - 1) / 2;
        OrderGaps.Measure(at.First, lines, rank..(rank + 1), false, start, gaps, scales, nanWins: true);
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        StableOrder.Count(Lines.Along(arguments[0].Shape, Axis));
}

public static partial class VariableExtensions
{
    /// <summary>The lower median along an axis, and the first position that holds it.</summary>
    public static (Variable Value, Variable Index) Median(this Variable x, int axis = -1)
    {
        var results = x.Builder.ApplyAll(new Median(x.Shape.Axis(axis)), x);
        return (results[0], results[1]);
    }
}
