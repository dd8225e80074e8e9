using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A tensor that is part of the program: a mask, a table, numbers that are not trained. It takes no argument.</summary>
/// <param name="Tensor">The numbers; reals are rounded to the format of the execution.</param>
/// <remarks>Equal constants of a program are one node. It is never differentiated, and costs nothing.</remarks>
public sealed record Constant(ConstantTensor Tensor) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "constant";

    /// <inheritdoc/>
    public override string Attributes => Tensor.Fingerprint;

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Nothing, IsPiecewiseLinear = static _ => true };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 0);
        return [Tensor.Type];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => Tensor.Value is Tensor<double> reals
        ? [new Tensor<T>(reals.Shape, Array.ConvertAll(reals.Elements, T.Varying))]
        : [Tensor.Value];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
}

public static partial class Functions
{
    /// <summary>A tensor that is part of the program.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="value">Reals as <see cref="Tensor{T}"/> of double, indices of long, truth values of bool; copied.</param>
    /// <exception cref="NonsmoothException">Its elements are of another type.</exception>
    public static Variable Constant(this ProgramBuilder builder, Tensor value) => builder.Apply(new Constant(new ConstantTensor(value)));
}
