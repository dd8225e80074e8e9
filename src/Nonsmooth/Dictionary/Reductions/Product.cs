using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The product over some axes, in row-major order; 1 over nothing.</summary>
/// <param name="Axes">The axes, not negative.</param>
/// <param name="KeepAxes">Whether the axes stay, with size 1.</param>
/// <remarks>The derivative in an element is the product of the others, made of running products from both ends: right where elements are 0.</remarks>
public sealed record Product(IntVector Axes, bool KeepAxes) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "prod";

    /// <inheritdoc/>
    public override string Attributes => Reduction.Attributes(Axes, KeepAxes);

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [Reduction.Result(Check.Reals(arguments, 1)[0].Shape, Axes, KeepAxes)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) =>
        [Reduction.Fold((Tensor<T>)arguments[0], Axes, KeepAxes, T.FromDouble(1), static (product, element) => product * element)];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? at.Builder.Apply(new Sum(Axes, KeepAxes), Functions.Multiply(Others(at.Arguments[0]), t)) : null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } g ? Functions.Multiply(Others(at.Arguments[0]), Reduction.Spread(g, at.Arguments[0].Shape, Axes)) : null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Multiply, Reduction.Steps(arguments[0].Shape, Axes));

    private Variable Others(Variable x)
    {
        if (Axes.Count == 0)
        {
            return x.Builder.Apply(new Fill(x.Shape, 1));
        }

        return Reduction.AsLines(x, Axes, (lines, axis) => Functions.Multiply(
            Recurrence.Shifted(lines.CumulativeProduct(axis), axis, false, 1), Recurrence.Shifted(lines.CumulativeProduct(axis, true), axis, true, 1)));
    }
}

public static partial class VariableExtensions
{
    /// <summary>The product over the given axes, over all without any.</summary>
    public static Variable Product(this Variable x, params int[] axes) => x.Product(false, axes);

    /// <summary>The product over the given axes (all without any), which may stay with size 1.</summary>
    public static Variable Product(this Variable x, bool keepAxes, params int[] axes) =>
        x.Builder.Apply(new Product(Reduction.Resolve(x.Shape, axes), keepAxes), x);
}
