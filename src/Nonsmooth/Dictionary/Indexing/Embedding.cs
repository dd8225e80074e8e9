using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Rows of a table, picked by indices of any shape.</summary>
/// <remarks>
/// Arguments table (V×D, of any kind) and indices (any shape); the result has the indices' axes and then D. Linear in
/// the table; an index outside [0, V) is an error. Free: it only moves.
/// </remarks>
public sealed record Embedding : LinearFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "embedding";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 2);
        var table = Check.Rank(arguments, 0, 2);
        return [new(arguments[0].Kind, Check.Kind(arguments, 1, ElementKind.Index).Concat(new Shape(table[1])))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var index = (Tensor<long>)arguments[1];
        return arguments[0] switch
        {
            Tensor<T> reals => Rows(reals, index, (Tensor<T>)results[0]),
            Tensor<long> indices => Rows(indices, index, (Tensor<long>)results[0]),
            _ => Rows((Tensor<bool>)arguments[0], index, (Tensor<bool>)results[0]),
        };
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    private Action Rows<TElement>(Tensor<TElement> table, Tensor<long> index, Tensor<TElement> y)
        where TElement : struct
    {
        var (rows, width) = (table.Shape[0], table.Shape[1]);
        return () =>
        {
            for (int i = 0; i < index.Elements.Length; i++)
            {
                int row = Bounds.Of(Name, index[i], i, rows);
                table.Elements.AsSpan(row * width, width).CopyTo(y.Elements.AsSpan(i * width, width));
            }
        };
    }

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new EmbeddingScatter(at.Arguments[0].Shape[0]), cotangent, at.Arguments[1]);
}

public static partial class Functions
{
    /// <summary>Rows of a table V×D, picked by indices of any shape.</summary>
    public static Variable Embedding(Variable table, Variable indices) =>
        table.Builder.Apply(new Embedding(), table, indices);
}
