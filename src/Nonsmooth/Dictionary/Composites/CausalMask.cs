using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>True on and below the diagonal. It takes no argument.</summary>
/// <param name="Rows">Rows, the positions that attend.</param>
/// <param name="Columns">Columns, the positions attended to.</param>
public sealed record CausalMask(int Rows, int Columns) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "causal_mask";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 0);
        return [TensorType.Boolean(new Shape(Rows, Columns))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) =>
        [Tensor.Generate(new Shape(Rows, Columns), i => i % Columns <= i / Columns)];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
}
