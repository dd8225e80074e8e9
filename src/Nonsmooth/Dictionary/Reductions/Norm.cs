using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The 1-, 2- or ∞-norm over some axes.</summary>
/// <remarks>
/// <para>Order 1: Σ|x|; kinks where an entry is 0, slope <see cref="Selections.Selection.AbsAtZero"/> there.</para>
/// <para>Order 2: √Σx²; derivative x/‖x‖, at the zero vector <see cref="Selections.Selection.NormAtZero"/> in every
/// entry (NaN allowed, as by hand). The squares are not scaled: a norm below the square root of the smallest
/// number of the format is 0, one above that of the largest is infinite.</para>
/// <para>Order ∞: max|x|; sign(x) shared among the entries that attain it by
/// <see cref="Selections.Selection.InfinityNormTies"/>, 0 at the zero vector. Over nothing it has no value: an error;
/// the other norms are 0.</para>
/// <para>NaN where a group has one. Source: reliability specification, 1.1 and 5.</para>
/// </remarks>
public sealed record Norm : ElementaryFunction
{
    /// <summary>A norm.</summary>
    /// <param name="order">1, 2 or +∞.</param>
    /// <param name="axes">The axes, not negative.</param>
    /// <param name="keepAxes">Whether the axes stay, with size 1.</param>
    /// <exception cref="NonsmoothException">The order is another number.</exception>
    public Norm(double order, IntVector axes, bool keepAxes)
    {
        Order = order is 1 or 2 or double.PositiveInfinity
            ? order
            : throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"norm of order {order}: use 1, 2 or infinity"));
        Axes = axes;
        KeepAxes = keepAxes;
    }

    /// <summary>1, 2 or +∞.</summary>
    public double Order { get; }

    /// <summary>The axes, not negative.</summary>
    public IntVector Axes { get; }

    /// <summary>Whether the axes stay, with size 1.</summary>
    public bool KeepAxes { get; }

    /// <inheritdoc/>
    public override string Name => "norm";

    /// <inheritdoc/>
    public override string Attributes =>
        string.Create(CultureInfo.InvariantCulture, $"order={Order}, {Reduction.Attributes(Axes, KeepAxes)}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = Order switch
        {
            1 => new KinkStructure.Form("where an entry is 0", x => [x[0].Builder.Apply(new Sum(Axes, KeepAxes), Functions.Abs(x[0]))]),
            2 => new KinkStructure.Length(Axes, KeepAxes),
            _ => new KinkStructure.Form(
                "where several entries attain the norm, the zero vector included", x => [Extrema.Over(Functions.Abs(x[0]), Axes, KeepAxes, true)]),
        },
        Keys = [Order switch { 1 => SelectionKeys.AbsAtZero, 2 => SelectionKeys.NormAtZero, _ => SelectionKeys.InfinityNormTies }],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var shape = Check.Reals(arguments, 1)[0].Shape;
        return double.IsInfinity(Order)
            ? new ReduceExtremum(Axes, KeepAxes, true).InferTypes(arguments)
            : [Reduction.Result(shape, Axes, KeepAxes)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var parts = new Tensor<T>(x.Shape);
        for (int i = 0; i < parts.Elements.Length; i++)
        {
            parts[i] = Order == 2 ? x[i] * x[i] : T.Abs(x[i]);
        }

        if (double.IsInfinity(Order))
        {
            return new ReduceExtremum(Axes, KeepAxes, true).Evaluate<T>([parts]);
        }

        var y = (Tensor<T>)new Sum(Axes, KeepAxes).Evaluate<T>([parts])[0];
        for (int i = 0; Order == 2 && i < y.Elements.Length; i++)
        {
            y[i] = T.Sqrt(y[i]);
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? at.Builder.Apply(new Sum(Axes, KeepAxes), Scale(at, t)) : null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } g ? Scale(at, Reduction.Spread(g, at.Arguments[0].Shape, Axes)) : null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var shape = arguments[0].Shape;
        long results = Reduction.Result(shape, Axes, false).Count64;
        long steps = Reduction.Steps(shape, Axes);
        return Order switch
        {
            1 => OperationCount.Of(ScalarOperation.Compare, shape.Count64) + OperationCount.Of(ScalarOperation.Add, steps),
            2 => OperationCount.Of(ScalarOperation.Multiply, shape.Count64) + OperationCount.Of(ScalarOperation.Add, steps)
                + OperationCount.Of(ScalarOperation.Sqrt, Reduction.Group(shape, Axes) == 0 ? 0 : results),
            _ => OperationCount.Of(ScalarOperation.Compare, shape.Count64) + OperationCount.Of(ScalarOperation.Maximum, steps),
        };
    }

    /// <inheritdoc/>
    public override RuleGrounds? Grounds(Selection selection) =>
        Order == 1 ? RuleGrounds.Kinks(selection.AbsAtZero.Resolve(-1, 1)) : base.Grounds(selection);

    /// <inheritdoc/>
    public override bool HasGaps => true;

    /// <inheritdoc/>
    public override void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales) =>
        NormGaps.Measure(at.First, Order, new GroupOffsets(at.Types[0].Shape, Axes), start, gaps, scales);

    // The gradient of a norm is a tensor like x, so tangents and cotangents are scaled alike.
    private Variable Scale(Derivation at, Variable direction)
    {
        var x = at.Arguments[0];
        switch (Order)
        {
            case 1:
                return at.Builder.Apply(new Gate(Pieces.One(0, -1, at.Selection.AbsAtZero.Resolve(-1, 1), 1)), x, direction);
            case 2:
                var length = Reduction.Spread(at.Results[0], x.Shape, Axes);
                return Functions.Multiply(at.Builder.Apply(new SafeDivide(at.Selection.NormAtZero), x, length), direction);
            default:
                var weights = TieWeights.Of(at, Functions.Abs(x), Axes, at.Selection.InfinityNormTies);
                return Functions.Multiply(weights, at.Builder.Apply(new Gate(Pieces.One(0, -1, 0, 1)), x, direction));
        }
    }
}

public static partial class VariableExtensions
{
    /// <summary>The norm of order 1, 2 or +∞ over the given axes, over all without any.</summary>
    public static Variable Norm(this Variable x, double order = 2, params int[] axes) => x.Norm(order, false, axes);

    /// <summary>The norm of order 1, 2 or +∞ over the given axes (all without any), which may stay with size 1.</summary>
    public static Variable Norm(this Variable x, double order, bool keepAxes, params int[] axes) =>
        x.Builder.Apply(new Norm(order, Reduction.Resolve(x.Shape, axes), keepAxes), x);
}
