using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A tensor filled with one constant. It takes no argument.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Value">The constant, rounded to the format of the execution.</param>
public sealed record Fill(Shape Shape, double Value) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "fill";

    /// <inheritdoc/>
    public override string Attributes => Value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Nothing, IsPiecewiseLinear = static _ => true };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 0);
        return [TensorType.Real(Shape)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var result = new Tensor<T>(Shape);
        result.Elements.AsSpan().Fill(T.Varying(Value));
        return [result];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
}
