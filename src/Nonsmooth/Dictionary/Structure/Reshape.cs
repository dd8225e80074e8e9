using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The same elements in row-major order under another shape.</summary>
/// <param name="Target">The shape, of as many elements.</param>
public sealed record Reshape(Shape Target) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => "reshape";

    /// <inheritdoc/>
    public override string Attributes => Target.ToString();

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => base.Facts! with
    {
        View = (shape, strides) => Layout.Reshape(shape, strides, Target),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 1);
        return arguments[0].Shape.Count64 == Target.Count64
            ? [arguments[0] with { Shape = Target }]
            : throw new ShapeException($"cannot reshape {arguments[0].Shape} ({arguments[0].Shape.Count64} elements) to {Target} ({Target.Count64})");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => arguments[0] switch
    {
        Tensor<T> reals => [new Tensor<T>(Target, reals.Elements)],
        Tensor<long> indices => [new Tensor<long>(Target, indices.Elements)],
        _ => [new Tensor<bool>(Target, ((Tensor<bool>)arguments[0]).Elements)],
    };

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) => cotangent.Reshape(at.Arguments[0].Shape);
}

public static partial class VariableExtensions
{
    /// <summary>The same elements under another shape; itself when it has it.</summary>
    public static Variable Reshape(this Variable x, Shape shape) =>
        x.Shape.Equals(shape) ? x : x.Builder.Apply(new Reshape(shape), x);

    /// <summary>All axes from <paramref name="axis"/> on made one.</summary>
    public static Variable Flatten(this Variable x, int axis = 1) => x.Reshape(
        x.Shape[..axis].Concat(new Shape(x.Shape[axis..].Elements)));
}
