using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A regular part of a tensor: on each axis a start, a size and a step.</summary>
/// <param name="Starts">First index on each axis.</param>
/// <param name="Sizes">How many indices on each axis.</param>
/// <param name="Steps">Distance between indices on each axis, at least 1.</param>
public sealed record Slice(IntVector Starts, IntVector Sizes, IntVector Steps) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => "slice";

    /// <inheritdoc/>
    public override string Attributes => $"from {Starts}, sizes {Sizes}, steps {Steps}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => base.Facts! with
    {
        View = (_, strides) => [.. strides.Select((stride, axis) => stride * Steps[axis])],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 1);
        var shape = arguments[0].Shape;
        bool fits = Starts.Count == shape.Rank && Sizes.Count == shape.Rank && Steps.Count == shape.Rank
            && Enumerable.Range(0, shape.Rank).All(i => Starts[i] >= 0 && Steps[i] >= 1 && Sizes[i] >= 0
                && (Sizes[i] == 0 || Starts[i] + ((Sizes[i] - 1L) * Steps[i]) < shape[i]));
        return fits
            ? [arguments[0] with { Shape = new Shape(Sizes.AsSpan()) }]
            : throw new ShapeException($"slice {Attributes} leaves {shape}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) =>
        [Positions.Gather<T>(arguments[0], new Shape(Sizes.AsSpan()), Places(arguments[0].Shape, Starts, Sizes, Steps))];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    internal static int[] Places(Shape full, IntVector starts, IntVector sizes, IntVector steps)
    {
        var from = full.Strides();
        var strides = new int[from.Length];
        int offset = 0;
        for (int i = 0; i < strides.Length; i++)
        {
            strides[i] = from[i] * steps[i];
            offset += from[i] * starts[i];
        }

        return Positions.Of(new Shape(sizes.AsSpan()), strides, offset);
    }

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new Unslice(at.Arguments[0].Shape, Starts, Steps), cotangent);
}

public static partial class VariableExtensions
{
    /// <summary>The part of a tensor with indices [start, end) on one axis, every step-th.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="start">The first index. Below 0 it counts from the end; what lies outside of the axis is left out.</param>
    /// <param name="end">Behind the last index, likewise; where it is not above <paramref name="start"/> the part is empty.</param>
    /// <param name="step">From one index to the next, at least 1.</param>
    /// <exception cref="ShapeException">There is no such axis, or the step is below 1.</exception>
    public static Variable Slice(this Variable x, int axis, int start, int end, int step = 1)
    {
        axis = x.Shape.Axis(axis);
        if (step < 1)
        {
            throw new ShapeException($"slice of axis {axis} of {x.Shape} has step {step}: give at least 1");
        }

        int size = x.Shape[axis];
        (start, end) = (Inside(start, size), Inside(end, size));
        int rank = x.Shape.Rank;
        var starts = new int[rank];
        var sizes = x.Shape.ToArray();
        var steps = Enumerable.Repeat(1, rank).ToArray();
        (starts[axis], sizes[axis], steps[axis]) = (start, (int)((Math.Max(0, (long)end - start) + step - 1) / step), step);
        return x.Builder.Apply(new Slice(starts, sizes, steps), x);
    }

    // As Python and numpy read an end of a slice.
    private static int Inside(int index, int size) => (int)Math.Clamp(index < 0 ? (long)index + size : index, 0, size);
}
