using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Repeats a tensor along new leading axes and along axes of size 1.</summary>
/// <param name="Target">The shape to reach; the argument's axes are aligned with its innermost ones.</param>
public sealed record Broadcast(Shape Target) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => "broadcast";

    /// <inheritdoc/>
    public override string Attributes => Target.ToString();

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => base.Facts! with
    {
        View = (shape, strides) => Layout.Broadcast(shape, strides, Target),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 1);
        var shape = arguments[0].Shape;
        int lead = Target.Rank - shape.Rank;
        bool fits = lead >= 0 && Enumerable.Range(0, shape.Rank).All(i => shape[i] == 1 || shape[i] == Target[lead + i]);
        return fits
            ? [arguments[0] with { Shape = Target }]
            : throw new ShapeException($"cannot broadcast {shape} to {Target}: axes must be equal or 1, counted from the innermost");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var shape = arguments[0].Shape;
        var from = shape.Strides();
        var strides = new int[Target.Rank];
        int lead = Target.Rank - shape.Rank;
        for (int i = 0; i < shape.Rank; i++)
        {
            strides[lead + i] = shape[i] == 1 ? 0 : from[i];
        }

        return [Positions.Gather<T>(arguments[0], Target, Positions.Of(Target, strides))];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent)
    {
        var shape = at.Arguments[0].Shape;
        int lead = Target.Rank - shape.Rank;
        int[] axes = [.. Enumerable.Range(0, Target.Rank).Where(i => i < lead || (shape[i - lead] == 1 && Target[i] != 1))];
        return axes.Length == 0
            ? cotangent.Reshape(shape)
            : at.Builder.Apply(new Sum(axes, false), cotangent).Reshape(shape);
    }
}
