using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The mean over some axes: the sum, divided by how many were added.</summary>
/// <param name="Axes">The axes, not negative.</param>
/// <param name="KeepAxes">Whether the axes stay, with size 1.</param>
/// <remarks>NaN over nothing.</remarks>
public sealed record Mean(IntVector Axes, bool KeepAxes) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => "mean";

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
        var sum = (Tensor<T>)new Sum(Axes, KeepAxes).Evaluate<T>(arguments)[0];
        long count = Reduction.Group(arguments[0].Shape, Axes);
        if (count != 1)
        {
            var divisor = T.FromDouble(count);
            for (int i = 0; i < sum.Elements.Length; i++)
            {
                sum[i] /= divisor;
            }
        }

        return [sum];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var shape = arguments[0].Shape;
        long results = Reduction.Result(shape, Axes, false).Count64;
        return OperationCount.Of(ScalarOperation.Add, Reduction.Steps(shape, Axes))
            + OperationCount.Of(ScalarOperation.MultiplyConstant, Reduction.Group(shape, Axes) == 1 ? 0 : results);
    }

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent)
    {
        var shape = at.Arguments[0].Shape;
        long count = Reduction.Group(shape, Axes);
        return Reduction.Spread(count == 1 ? cotangent : Functions.Scale(cotangent, 1.0 / count), shape, Axes);
    }
}

public static partial class VariableExtensions
{
    /// <summary>The mean over the given axes, over all without any.</summary>
    public static Variable Mean(this Variable x, params int[] axes) => x.Mean(false, axes);

    /// <summary>The mean over the given axes (all without any), which may stay with size 1.</summary>
    public static Variable Mean(this Variable x, bool keepAxes, params int[] axes) =>
        x.Builder.Apply(new Mean(Reduction.Resolve(x.Shape, axes), keepAxes), x);
}
