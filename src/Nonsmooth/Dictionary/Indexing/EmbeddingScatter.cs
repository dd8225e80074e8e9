using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Adds rows up in a table at the rows that indices name: the transpose of <see cref="Embedding"/>.</summary>
/// <param name="Rows">How many rows the table has.</param>
/// <remarks>
/// Arguments values (the indices' axes and then D) and indices; the result is Rows×D. Rows that meet are added
/// in row-major order, starting from 0: one addition a value. An index outside [0, Rows) is an error.
/// </remarks>
public sealed record EmbeddingScatter(int Rows) : LinearFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "embedding_scatter";

    /// <inheritdoc/>
    public override string Attributes => $"rows={Rows}";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 2);
        var values = Check.Kind(arguments, 0, ElementKind.Real);
        var index = Check.Kind(arguments, 1, ElementKind.Index);
        return values.Rank == index.Rank + 1 && values[..index.Rank].Equals(index)
            ? [new Shape(Rows, values[^1])]
            : throw new ShapeException($"values {values} must have the axes of the indices {index} and one more");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (values, index) = ((Tensor<T>)arguments[0], (Tensor<long>)arguments[1]);
        int width = values.Shape[^1];
        var y = (Tensor<T>)results[0];
        var places = new int[values.Elements.Length];

        return () =>
        {
            for (int i = 0; i < index.Elements.Length; i++)
            {
                int row = Bounds.Of(Name, index[i], i, Rows);
                for (int j = 0; j < width; j++)
                {
                    places[(i * width) + j] = (row * width) + j;
                }
            }

            Dictionary.ScatterAdd.Accumulate(values.Elements, places, y.Elements);
        };
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Add, arguments[0].Shape.Count64);

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new Embedding(), cotangent, at.Arguments[1]);
}
