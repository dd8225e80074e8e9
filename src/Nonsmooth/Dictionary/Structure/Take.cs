using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Elements at fixed places of one axis, in any order and as often as wanted.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Indices">The places, each in [0, size).</param>
/// <remarks>
/// Argument x of any kind; the axis gets as many elements as there are places. Free: it only moves. What flips, rolls, repeats,
/// reflects at borders and enlarges to the nearest neighbour is this function with other places.
/// </remarks>
public sealed record Take(int Axis, IntVector Indices) : LinearFunction
{
    private const int _shown = 12;

    /// <inheritdoc/>
    public override string Name => "take";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}, {(Indices.Count <= _shown ? Indices : $"{Indices.Count} places {Indices.GetHashCode():x8}")}";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 1);
        var x = arguments[0].Shape;
        int size = Lines.Along(x, Axis).Length;
        foreach (int index in Indices)
        {
            if (index < 0 || index >= size)
            {
                throw new ShapeException($"element {index} is not of axis {Axis} of {x}: use one in [0, {size})");
            }
        }

        return [arguments[0] with { Shape = x.With(Axis, Indices.Count) }];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = arguments[0].Shape;
        int inner = x[(Axis + 1)..].Elements;
        var target = x.With(Axis, Indices.Count);
        var places = new int[target.Elements];
        for (int i = 0; i < places.Length; i++)
        {
            var (line, at) = Math.DivRem(i, inner);
            places[i] = (((line / Indices.Count * x[Axis]) + Indices[line % Indices.Count]) * inner) + at;
        }

        return [Positions.Gather<T>(arguments[0], target, places)];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) =>
        cotangent.Along(Axis, AxisMap.Selecting(at.Arguments[0].Shape[Axis], Indices).Transposed);
}

public static partial class VariableExtensions
{
    /// <summary>Elements at fixed places of an axis; itself where they are all, in order.</summary>
    /// <param name="x">The tensor, of any kind.</param>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="indices">The places; below 0 they count from the end.</param>
    /// <exception cref="ShapeException">There is no such axis or element.</exception>
    public static Variable Take(this Variable x, int axis, params ReadOnlySpan<int> indices)
    {
        axis = x.Shape.Axis(axis);
        int size = x.Shape[axis];
        var places = new int[indices.Length];
        bool same = places.Length == size;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = indices[i] < 0 ? indices[i] + size : indices[i];
            same &= places[i] == i;
        }

        return same ? x : x.Builder.Apply(new Take(axis, places), x);
    }

    /// <summary>The order of elements reversed on the given axes, on all without any.</summary>
    public static Variable Flip(this Variable x, params int[] axes) =>
        Reduction.Resolve(x.Shape, axes).Aggregate(x, static (v, axis) => v.Take(axis, [.. Enumerable.Range(0, v.Shape[axis]).Reverse()]));

    /// <summary>Elements shifted along an axis, those that leave it entering at the other end.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="shift">By how many places towards the end; any number.</param>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    public static Variable Roll(this Variable x, long shift, int axis)
    {
        int size = x.Shape[x.Shape.Axis(axis)];
        return x.Take(axis, [.. Enumerable.Range(0, size).Select(i => (int)((((i - shift) % size) + size) % size))]);
    }

    /// <summary>The whole repeated along each axis, as <c>tile</c> and torch's <c>repeat</c> do.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="times">How often along each axis; where there are more than axes the first make new ones.</param>
    /// <exception cref="ShapeException">A number is negative, or there are fewer than axes.</exception>
    public static Variable Tile(this Variable x, params int[] times)
    {
        int lead = times.Length - x.Shape.Rank;
        if (lead < 0 || times.Any(t => t < 0))
        {
            throw new ShapeException($"cannot repeat {x.Shape} [{string.Join(", ", times)}] times: give one number an axis, not negative");
        }

        var y = x.Reshape(new Shape([.. Enumerable.Repeat(1, lead), .. x.Shape]));
        for (int axis = 0; axis < times.Length; axis++)
        {
            int size = y.Shape[axis];
            y = y.Take(axis, [.. Enumerable.Range(0, checked(times[axis] * size)).Select(i => i % size)]);
        }

        return y;
    }

    /// <summary>Each element so many times in a row along an axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="times">How often: one number for all, or one each.</param>
    /// <exception cref="ShapeException">There are more or fewer numbers than elements.</exception>
    public static Variable RepeatEach(this Variable x, int axis, params int[] times)
    {
        int size = x.Shape[x.Shape.Axis(axis)];
        return times.Length == 1 || times.Length == size
            ? x.Take(axis, [.. Enumerable.Range(0, size).SelectMany(i => Enumerable.Repeat(i, times[times.Length == 1 ? 0 : i]))])
            : throw new ShapeException($"axis {axis} of {x.Shape} has {size} elements to repeat: give one number or {size}, not {times.Length}");
    }
}
