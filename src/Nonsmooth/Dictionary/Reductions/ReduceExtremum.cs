using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The largest or smallest element over some axes.</summary>
/// <param name="Axes">The axes, not negative.</param>
/// <param name="KeepAxes">Whether the axes stay, with size 1.</param>
/// <param name="Largest">The maximum; else the minimum.</param>
/// <remarks>
/// NaN where a group has one. Over nothing it has no value: an error. At ties the derivative is shared by
/// <see cref="Selections.Selection.ReduceMaximumTies"/>, ranks counted in row-major order; libtorch's amax and
/// amin average. k − 1 comparisons a result. Source: reliability specification, 5.
/// </remarks>
public sealed record ReduceExtremum(IntVector Axes, bool KeepAxes, bool Largest) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => Largest ? "max" : "min";

    /// <inheritdoc/>
    public override string Attributes => Reduction.Attributes(Axes, KeepAxes);

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Form($"where several elements attain the {(Largest ? "maximum" : "minimum")}", x => [Extrema.Over(x[0], Axes, KeepAxes, Largest)]),
        Keys = [SelectionKeys.ReduceMaximumTies],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var shape = Check.Reals(arguments, 1)[0].Shape;
        var result = Reduction.Result(shape, Axes, KeepAxes);
        return shape.Count64 > 0 || result.Count64 == 0
            ? [result]
            : throw new ShapeException($"{Name} over {Axes} of {shape}, which is empty: it has no value");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        return [Largest
            ? Reduction.Fold(x, Axes, KeepAxes, default, static (best, element) => T.Max(best, element))
            : Reduction.Fold(x, Axes, KeepAxes, default, static (best, element) => T.Min(best, element))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        if (tangents[0] is not { } t)
        {
            return [null];
        }

        var weights = TieWeights.Of(at, at.Arguments[0], Axes, at.Selection.ReduceMaximumTies);
        return [at.Builder.Apply(new Sum(Axes, KeepAxes), Functions.Multiply(weights, t))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        if (cotangents[0] is not { } g)
        {
            return [null];
        }

        var weights = TieWeights.Of(at, at.Arguments[0], Axes, at.Selection.ReduceMaximumTies);
        return [Functions.Multiply(weights, Reduction.Spread(g, at.Arguments[0].Shape, Axes))];
    }

    /// <inheritdoc/>
    public override bool HasGaps => true;

    /// <inheritdoc/>
    public override void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales)
    {
        var groups = new GroupOffsets(at.Types[0].Shape, Axes);
        for (int i = 0; i < gaps.Length; i++)
        {
            var best = new BestTwo<T>();
            int from = groups.Base(start + i);
            foreach (int offset in groups.Within)
            {
                var x = at.First[from + offset];
                best.Add(Largest ? x : -x);
            }

            (gaps[i], scales[i]) = (best.Gap, best.Scale);
        }
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Maximum, Reduction.Steps(arguments[0].Shape, Axes));
}

public static partial class VariableExtensions
{
    /// <summary>The largest element over the given axes, over all without any.</summary>
    public static Variable Max(this Variable x, params int[] axes) => x.Max(false, axes);

    /// <summary>The largest element over the given axes (all without any), which may stay with size 1.</summary>
    public static Variable Max(this Variable x, bool keepAxes, params int[] axes) =>
        x.Builder.Apply(new ReduceExtremum(Reduction.Resolve(x.Shape, axes), keepAxes, true), x);

    /// <summary>The smallest element over the given axes, over all without any.</summary>
    public static Variable Min(this Variable x, params int[] axes) => x.Min(false, axes);

    /// <summary>The smallest element over the given axes (all without any), which may stay with size 1.</summary>
    public static Variable Min(this Variable x, bool keepAxes, params int[] axes) =>
        x.Builder.Apply(new ReduceExtremum(Reduction.Resolve(x.Shape, axes), keepAxes, false), x);
}
