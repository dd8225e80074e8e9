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
public sealed record Gather(int Axis) : LinearFunction, IBindable
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
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var index = (Tensor<long>)arguments[1];
        var places = new Places(Name, arguments[0].Shape, index.Shape, Axis);
        return Positions.Gather<T>(arguments[0], results[0], () => places.Of(index));
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    /// <summary>Where indices along an axis point to.</summary>
    internal sealed class Places
    {
        private readonly string _function;
        private readonly int _bound;
        private readonly int _stride;
        private readonly int[] _starts;
        private readonly int[] _places;

        public Places(string function, Shape shape, Shape index, int axis)
        {
            var strides = shape.Strides();
            (_function, _bound, _stride) = (function, shape[axis], strides[axis]);
            strides[axis] = 0;
            _starts = Positions.Of(index, strides);
            _places = new int[_starts.Length];
        }

        /// <summary>The flat position for each index; the same array each time.</summary>
        public int[] Of(Tensor<long> index)
        {
            for (int i = 0; i < _places.Length; i++)
            {
                _places[i] = _starts[i] + (_stride * Bounds.Of(_function, index[i], i, _bound));
            }

            return _places;
        }
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
