using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The running maximum along an axis, and where it is attained.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <remarks>
/// Results: the maxima y_i = max_{j ≤ i} x_j and the positions that attain them, the latest of those that tie, as
/// libtorch. From the first NaN on both are NaN's. The derivative at ties is shared by
/// <see cref="Selections.Selection.CumulativeMaximumTies"/>: see <see cref="CumulativeMaximumTangent"/>; the positions
/// have none. n − 1 comparisons a line.
/// </remarks>
public sealed record CumulativeMaximum(int Axis) : ElementaryFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "cummax";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Form("where several elements so far attain the maximum", x => [Extrema.Running(x[0], Axis), x[0].Builder.ApplyAll(this, x[0])[1]]),
        Keys = [SelectionKeys.CumulativeMaximumTies],
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
        where T : struct, INumeric<T>
    {
        var x = (Tensor<T>)arguments[0];
        var (y, where) = ((Tensor<T>)results[0], (Tensor<long>)results[1]);
        var lines = Lines.Along(x.Shape, Axis);

        return () =>
        {
            for (int line = 0; line < lines.Count && lines.Length > 0; line++)
            {
                int position = lines.Start(line);
                y[position] = x[position];
                for (int i = 1; i < lines.Length; i++)
                {
                    int before = position;
                    position += lines.Step;
                    bool attained = Exceeds(x[position], y[before]) >= 0;
                    y[position] = attained ? x[position] : y[before];
                    where[position] = attained ? i : where[before];
                }
            }
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
    [
        tangents[0] is { } t
            ? at.Builder.Apply(new CumulativeMaximumTangent(Axis, at.Selection.CumulativeMaximumTies), t, at.Arguments[0])
            : null,
        null,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
    [
        cotangents[0] is { } g
            ? at.Builder.Apply(new CumulativeMaximumCotangent(Axis, at.Selection.CumulativeMaximumTies), g, at.Arguments[0])
            : null,
    ];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Maximum, Reduction.Steps(arguments[0].Shape, [Axis]));

    /// <inheritdoc/>
    public override bool HasGaps => true;

    /// <inheritdoc/>
    public override int GapGrain(IReadOnlyList<TensorType> arguments) => OrderGaps.Slab(arguments[0].Shape, Axis, arguments[0].Shape[Axis]);

    /// <inheritdoc/>
    public override void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales)
    {
        var lines = Lines.Along(at.Types[0].Shape, Axis);
        for (int slab = 0; slab < gaps.Length; slab += lines.Length * lines.Step)
        {
            for (int inner = 0; inner < lines.Step; inner++)
            {
                var best = new BestTwo<T>();
                for (int i = slab + inner; i < slab + (lines.Length * lines.Step); i += lines.Step)
                {
                    best.Add(at.First[start + i]);
                    (gaps[i], scales[i]) = (best.Gap, best.Scale);
                }
            }
        }
    }

    /// <summary>One comparison: 1 if an element exceeds the maximum so far, 0 if it ties, −1 else; NaN exceeds numbers and ties with NaN.</summary>
    internal static int Exceeds<T>(T element, T best)
        where T : struct, INumeric<T>
    {
        Comparisons.Make(element, best);
        var (x, y) = T.Ordered(element, best);
        return double.IsNaN(y) ? (double.IsNaN(x) ? 0 : -1)
            : x > y || double.IsNaN(x) ? 1
            : x == y ? 0
            : -1;
    }
}

public static partial class VariableExtensions
{
    /// <summary>The running maximum along an axis, and the latest position that attains it.</summary>
    public static (Variable Values, Variable Indices) CumulativeMaximum(this Variable x, int axis = -1)
    {
        var results = x.Builder.ApplyAll(new CumulativeMaximum(x.Shape.Axis(axis)), x);
        return (results[0], results[1]);
    }
}
