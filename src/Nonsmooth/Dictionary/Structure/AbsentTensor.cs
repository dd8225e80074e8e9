using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A constant whose elements nobody has, as of a file that holds a graph without its arrays. It takes no argument.</summary>
/// <remarks>Programs with it can be counted, differentiated and asked for their kinks; a run of it is refused.</remarks>
/// <param name="Type">The type.</param>
/// <param name="Tensor">What the file calls it.</param>
public sealed record AbsentTensor(TensorType Type, string Tensor) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "absent";

    /// <inheritdoc/>
    public override string Attributes => Tensor;

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Nothing, IsPiecewiseLinear = static _ => true };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 0);
        return [Type];
    }

    /// <inheritdoc/>
    /// <exception cref="NonsmoothException">Always: the message names the tensor.</exception>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) =>
        throw new NonsmoothException($"the elements of '{Tensor}', {Type}, are not in the model's file: give a file that has them");

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
}
