using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Zeros, but for the argument placed where a slice would take it from: the transpose of a slice.</summary>
/// <param name="Full">The shape of the result.</param>
/// <param name="Starts">First index on each axis.</param>
/// <param name="Steps">Distance between indices on each axis.</param>
public sealed record Unslice(Shape Full, IntVector Starts, IntVector Steps) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => "unslice";

    /// <inheritdoc/>
    public override string Attributes => $"into {Full} from {Starts}, steps {Steps}";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var shape = Check.Reals(arguments, 1)[0].Shape;
        new Slice(Starts, shape.ToArray(), Steps).InferTypes([Full]);
        return [Full];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var y = new Tensor<T>(Full);
        y.Elements.AsSpan().Fill(T.Varying(0));
        var places = Nonsmooth.Dictionary.Slice.Places(Full, Starts, x.Shape.ToArray(), Steps);
        for (int i = 0; i < places.Length; i++)
        {
            y[places[i]] = x[i];
        }

        return [y];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new Slice(Starts, at.Arguments[0].Shape.ToArray(), Steps), cotangent);
}
