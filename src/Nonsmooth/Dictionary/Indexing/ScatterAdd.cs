using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Adds values up at the places an index names along an axis: the transpose of <see cref="Gather"/>.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Size">The size of that axis in the result.</param>
/// <remarks>
/// Arguments values and an index of the same shape. Places nobody names are 0; values that meet are added in
/// row-major order, starting from 0: one addition a value. An index outside [0, size) is an error.
/// </remarks>
public sealed record ScatterAdd(int Axis, int Size) : LinearFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "scatter_add";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}, size={Size}";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 2);
        var values = Check.Kind(arguments, 0, ElementKind.Real);
        var index = Check.Kind(arguments, 1, ElementKind.Index);
        Lines.Along(values, Axis);
        return values.Equals(index)
            ? [values.With(Axis, Size)]
            : throw new ShapeException($"scatter_add takes values and an index of one shape, given {values} and {index}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (values, index, sums) = ((Tensor<T>)arguments[0], (Tensor<long>)arguments[1], (Tensor<T>)results[0]);
        var places = new Gather.Places(Name, sums.Shape, index.Shape, Axis);
        return () => Accumulate(values.Elements, places.Of(index), sums.Elements);
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Add, arguments[0].Shape.Count64);

    /// <summary>Adds every value to its place, in order, from zeros.</summary>
    internal static void Accumulate<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> places, Span<T> sums)
        where T : struct, INumeric<T>
    {
        // Which sums stay 0 depends on the index, so the zeros are not constants of the program.
        sums.Fill(values.Length == 0 ? T.FromDouble(0) : Comparisons.Decided(values[0], 0));
        for (int i = 0; i < values.Length; i++)
        {
            sums[places[i]] += values[i];
        }
    }

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new Gather(Axis), cotangent, at.Arguments[1]);
}

public static partial class Functions
{
    /// <summary>Adds values up at the places an index of their shape names along an axis of the given size.</summary>
    public static Variable ScatterAdd(Variable values, Variable index, int axis, int size) =>
        values.Builder.Apply(new ScatterAdd(values.Shape.Axis(axis), size), values, index);
}
