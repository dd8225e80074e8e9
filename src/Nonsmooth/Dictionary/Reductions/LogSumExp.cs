using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>log Σ eˣ over some axes.</summary>
/// <param name="Axes">The axes, not negative.</param>
/// <param name="KeepAxes">Whether the axes stay, with size 1.</param>
/// <remarks>
/// Shifted by the maximum, so that no exponential overflows; a maximum of ±∞ shifts by 0 instead. All −∞ gives
/// −∞ with the derivative NaN, as libtorch, and +∞ gives +∞; over nothing it is −∞. Derivative: softmax, computed from the argument: over a
/// rounded value it would lose as many digits as the value has before the point. The unit count is
/// that of the program without the shift: n exponentials, n − 1 additions, a logarithm (complexity
/// specification, 2.4).
/// </remarks>
public sealed record LogSumExp(IntVector Axes, bool KeepAxes) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "logsumexp";

    /// <inheritdoc/>
    public override string Attributes => Reduction.Attributes(Axes, KeepAxes);

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [Reduction.Result(Check.Reals(arguments, 1)[0].Shape, Axes, KeepAxes)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var shift = Reduction.Fold(x, Axes, KeepAxes, default, static (best, element) => T.Max(best, element));
        for (int i = 0; i < shift.Elements.Length; i++)
        {
            var m = shift[i];
            var zero = Comparisons.Decided(m, 0);
            shift[i] = T.Branch(m, double.NegativeInfinity, m, zero, T.Branch(m, double.PositiveInfinity, m, zero, m));
        }

        var groups = Reduction.Groups(x.Shape, Axes);
        var powers = new Tensor<T>(x.Shape);
        for (int i = 0; i < groups.Length; i++)
        {
            powers[i] = T.Exp(x[i] - shift[groups[i]]);
        }

        var y = (Tensor<T>)new Sum(Axes, KeepAxes).Evaluate<T>([powers])[0];
        for (int i = 0; i < y.Elements.Length; i++)
        {
            y[i] = shift[i] + T.Log(y[i]);
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? at.Builder.Apply(new Sum(Axes, KeepAxes), Functions.Multiply(Share(at), t)) : null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } g ? Functions.Multiply(Share(at), Reduction.Spread(g, at.Arguments[0].Shape, Axes)) : null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var shape = arguments[0].Shape;
        long results = Reduction.Result(shape, Axes, false).Count64;
        return UnitCount(arguments)
            + OperationCount.Of(ScalarOperation.Maximum, Reduction.Steps(shape, Axes))
            + OperationCount.Of(ScalarOperation.Compare, 2 * results)
            + OperationCount.Of(ScalarOperation.Add, shape.Count64 + results);
    }

    /// <inheritdoc/>
    public override OperationCount UnitCount(IReadOnlyList<TensorType> arguments)
    {
        var shape = arguments[0].Shape;
        return OperationCount.Of(ScalarOperation.Exp, shape.Count64)
            + OperationCount.Of(ScalarOperation.Add, Reduction.Steps(shape, Axes))
            + OperationCount.Of(ScalarOperation.Log, Reduction.Result(shape, Axes, false).Count64);
    }

    private Variable Share(Derivation at)
    {
        var x = at.Arguments[0];
        return Axes.Count == 0 ? x.Builder.Apply(new Fill(x.Shape, 1)) : Reduction.AsLines(x, Axes, static (lines, axis) => Functions.Softmax(lines, axis));
    }
}

public static partial class VariableExtensions
{
    /// <summary>log Σ eˣ over the given axes, over all without any.</summary>
    public static Variable LogSumExp(this Variable x, params int[] axes) => x.LogSumExp(false, axes);

    /// <summary>log Σ eˣ over the given axes (all without any), which may stay with size 1.</summary>
    public static Variable LogSumExp(this Variable x, bool keepAxes, params int[] axes) =>
        x.Builder.Apply(new LogSumExp(Reduction.Resolve(x.Shape, axes), keepAxes), x);
}
