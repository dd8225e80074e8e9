using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The lines of a tensor along one axis: where each starts, how it is stepped along.</summary>
/// <param name="Count">How many lines there are.</param>
/// <param name="Length">How many elements each has.</param>
/// <param name="Step">Distance between neighbours.</param>
internal readonly record struct Lines(int Count, int Length, int Step)
{
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Lines Along(Shape shape, int axis)
    {
        if (axis < 0 || axis >= shape.Rank)
        {
            throw new ShapeException($"axis {axis} is not an axis of {shape}");
        }

        return new Lines(shape[..axis].Elements * shape[(axis + 1)..].Elements, shape[axis], shape[(axis + 1)..].Elements);
    }

    /// <summary>Lines of at least one element each.</summary>
    public static Lines NotEmpty(string function, Shape shape, int axis)
    {
        var lines = Along(shape, axis);
        return lines.Length > 0 || lines.Count == 0
            ? lines
            : throw new ShapeException($"{function} over axis {axis} of {shape}, which is empty: it has no value");
    }

    /// <summary>Position of the first element of a line.</summary>
    public int Start(int line) => (line / Step * Length * Step) + (line % Step);
}
