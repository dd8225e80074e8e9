using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The sum over some axes, added up in row-major order; 0 over nothing.</summary>
/// <param name="Axes">The axes, not negative.</param>
/// <param name="KeepAxes">Whether the axes stay, with size 1.</param>
public sealed record Sum(IntVector Axes, bool KeepAxes) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => "sum";

    /// <inheritdoc/>
    public override string Attributes => Reduction.Attributes(Axes, KeepAxes);

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => base.Facts! with { View = Axes.Count > 0 ? null : static (_, strides) => strides };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [Reduction.Result(Check.Reals(arguments, 1)[0].Shape, Axes, KeepAxes)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        return [Reduction.Fold(x, Axes, KeepAxes, T.FromDouble(0), static (sum, element) => sum + element)];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Add, Reduction.Steps(arguments[0].Shape, Axes));

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) =>
        Reduction.Spread(cotangent, at.Arguments[0].Shape, Axes);
}

public static partial class VariableExtensions
{
    /// <summary>The sum over the given axes, over all without any.</summary>
    public static Variable Sum(this Variable x, params int[] axes) => x.Sum(false, axes);

    /// <summary>The sum over the given axes (all without any), which may stay with size 1.</summary>
    public static Variable Sum(this Variable x, bool keepAxes, params int[] axes) =>
        x.Builder.Apply(new Sum(Reduction.Resolve(x.Shape, axes), keepAxes), x);
}
