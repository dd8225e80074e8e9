using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Picks elements along an axis: y[…, i, …] = x[…, index[…, i, …], …].</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <remarks>
/// Arguments x of any kind and an index of as many axes, none longer than x's but for the given one; the result
/// has the index's shape. Linear in x; an index outside [0, size) is an error. Free: it only moves.
/// </remarks>
public sealed record Gather(int Axis) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => "gather";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 2);
        var x = arguments[0].Shape;
        var index = Check.Kind(arguments, 1, ElementKind.Index);
        Lines.Along(x, Axis);
        bool fits = x.Rank == index.Rank && Enumerable.Range(0, x.Rank).All(i => i == Axis || index[i] <= x[i]);
        return fits
            ? [arguments[0] with { Shape = index }]
            : throw new ShapeException($"index {index} does not fit {x}: give as many axes, none longer but for axis {Axis}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var index = (Tensor<long>)arguments[1];
        return [Positions.Gather<T>(arguments[0], index.Shape, Places(Name, arguments[0].Shape, index, Axis))];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    /// <summary>For each element of the index, the position in <paramref name="shape"/> that it picks.</summary>
    internal static int[] Places(string function, Shape shape, Tensor<long> index, int axis)
    {
        var strides = shape.Strides();
        int stride = strides[axis];
        strides[axis] = 0;
        var places = Positions.Of(index.Shape, strides);
        for (int i = 0; i < places.Length; i++)
        {
            places[i] += stride * Bounds.Of(function, index[i], i, shape[axis]);
        }

        return places;
    }

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent)
    {
        var shape = at.Arguments[0].Shape;
        var sum = at.Builder.Apply(new ScatterAdd(Axis, shape[Axis]), cotangent, at.Arguments[1]);
        return sum.Shape.Equals(shape)
            ? sum
            : at.Builder.Apply(new Unslice(shape, new int[shape.Rank], Enumerable.Repeat(1, shape.Rank).ToArray()), sum);
    }
}

public static partial class Functions
{
    /// <summary>Picks elements of x along an axis by an index of as many axes.</summary>
    public static Variable Gather(Variable x, Variable index, int axis) =>
        x.Builder.Apply(new Gather(x.Shape.Axis(axis)), x, index);
}
