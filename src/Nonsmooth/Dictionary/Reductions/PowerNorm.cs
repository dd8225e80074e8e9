using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>(Σ|x|ᵖ)^(1/p) over some axes, for any finite order p but 0: the p-norm, for p ≥ 1.</summary>
/// <param name="Order">The order p.</param>
/// <param name="Axes">The axes, not negative.</param>
/// <param name="KeepAxes">Whether the axes stay, with size 1.</param>
/// <remarks>
/// <para>The derivative is sign(x)·(|x|/y)^(p−1); 0 where an entry is 0 and at the zero vector, as libtorch's. The powers are not scaled, so that a norm
/// beyond the p-th root of the format's largest number is infinite. For p &lt; 1 it is not Lipschitz where an entry is 0.</para>
/// <para><see cref="Norm"/> has the orders 1, 2 and ∞ with their selections.</para>
/// </remarks>
public sealed record PowerNorm(double Order, IntVector Axes, bool KeepAxes) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "power_norm";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"order={Order}, {Reduction.Attributes(Axes, KeepAxes)}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = new([0], [0]),
        Kinks = Order > 1
            ? new KinkStructure.Border("at the zero vector", static x => x[0].Elements.Contains(0))
            : new KinkStructure.Border("where an entry is 0", static x => x[0].Elements.Contains(0), Order == 1 ? Regularity.PathDifferentiable : Regularity.Unknown),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        Order is not 0 && double.IsFinite(Order)
            ? [Reduction.Result(Check.Reals(arguments, 1)[0].Shape, Axes, KeepAxes)]
            : throw new ShapeException(string.Create(CultureInfo.InvariantCulture, $"order {Order}: give a finite number that is not 0"));

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var parts = new Tensor<T>(x.Shape);
        for (int i = 0; i < parts.Elements.Length; i++)
        {
            parts[i] = T.Pow(T.Abs(x[i]), T.FromDouble(Order));
        }

        var y = (Tensor<T>)new Sum(Axes, KeepAxes).Evaluate<T>([parts])[0];
        for (int i = 0; i < y.Elements.Length; i++)
        {
            y[i] = T.Pow(y[i], T.FromDouble(1 / Order));
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? at.Builder.Apply(new Sum(Axes, KeepAxes), Functions.Multiply(Slopes(at), t)) : null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } g ? Functions.Multiply(Slopes(at), Reduction.Spread(g, at.Arguments[0].Shape, Axes)) : null];

    /// <summary>Above order 1 the zero vector is the only kink; below, nothing is known.</summary>
    public override RuleGrounds? Grounds(Selection selection) => Order > 1 ? RuleGrounds.Point(0) : null;

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var shape = arguments[0].Shape;
        return OperationCount.Of(ScalarOperation.Compare, shape.Count64)
            + OperationCount.Of(ScalarOperation.Power, shape.Count64 + Reduction.Result(shape, Axes, false).Count64)
            + OperationCount.Of(ScalarOperation.Add, Reduction.Steps(shape, Axes));
    }

    private Variable Slopes(Derivation at)
    {
        var x = at.Arguments[0];
        // Of a negative order the norm is 0 where an entry is, and does not move with the others: |x|/0 to a negative power.
        var (length, norm) = (Functions.Abs(x), Reduction.Spread(at.Results[0], x.Shape, Axes));
        var share = Order < 0 ? Functions.Divide(length, norm) : at.Builder.Apply(new SafeDivide(0), length, norm);
        var size = Functions.Pow(share, Order - 1);
        var zero = at.Builder.Apply(new Fill(x.Shape, 0));
        return at.Builder.Apply(new Branch(0), x, Functions.Negate(size), zero, size);
    }
}

public static partial class VariableExtensions
{
    /// <summary>The norm of any order over the given axes (all without any), which may stay with size 1.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="order">±∞ for the largest and the smallest absolute value, 0 for the number of entries that are not 0, else (Σ|x|ᵖ)^(1/p).</param>
    /// <param name="keepAxes">Whether the axes stay.</param>
    /// <param name="axes">The axes.</param>
    public static Variable VectorNorm(this Variable x, double order, bool keepAxes, params int[] axes) => order switch
    {
        1 or 2 or double.PositiveInfinity => x.Norm(order, keepAxes, axes),
        double.NegativeInfinity => Functions.Abs(x).Min(keepAxes, axes),
        0 => Functions.Abs(Functions.Sign(x)).Sum(keepAxes, axes),
        _ => x.Builder.Apply(new PowerNorm(order, Reduction.Resolve(x.Shape, axes), keepAxes), x),
    };
}
