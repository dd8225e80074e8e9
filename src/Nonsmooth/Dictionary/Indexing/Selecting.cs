using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>Indices of which those below 0 count from the end.</summary>
    /// <param name="index">The indices.</param>
    /// <param name="size">The size of the axis that they are of.</param>
    /// <returns>index + size where the index is below 0; what is outside of [−size, size) stays outside of [0, size).</returns>
    public static Variable Wrapped(Variable index, int size)
    {
        var builder = index.Builder;
        var negative = Broadcasting.Apply(new IndexCompare(Comparison.Less), index, Number(builder, 0));
        return Where(negative, Combine(IndexOperation.Add, index, Number(builder, size)), index);
    }

    /// <summary>Slices of a tensor along an axis, picked by indices of any shape: ONNX's Gather, torch's index_select.</summary>
    /// <param name="x">The tensor, of any kind.</param>
    /// <param name="index">The indices, in [−size, size); those below 0 count from the end.</param>
    /// <param name="axis">The axis, in whose place those of the index come; −1 is the innermost.</param>
    public static Variable IndexSelect(Variable x, Variable index, int axis)
    {
        axis = x.Shape.Axis(axis);
        int size = x.Shape[axis];
        var (before, after) = (x.Shape[..axis], x.Shape[(axis + 1)..]);
        var moved = Moved(x, axis, 0).Reshape(new Shape(size, before.Elements * after.Elements));
        var rows = Embedding(moved, Wrapped(index, size)).Reshape(index.Shape.Concat(before).Concat(after));
        int[] axes = [.. Enumerable.Range(index.Shape.Rank, axis), .. Enumerable.Range(0, index.Shape.Rank), .. Enumerable.Range(index.Shape.Rank + axis, after.Rank)];
        return axes.SequenceEqual(Enumerable.Range(0, axes.Length)) ? rows : rows.Transpose(axes);
    }

    /// <summary>Slices of a tensor, each picked by the coordinates in a row of an index: ONNX's GatherND.</summary>
    /// <param name="x">The tensor, of any kind.</param>
    /// <param name="index">[B…, I…, k]: coordinates of the first k axes behind the batch's, those below 0 counting from the end.</param>
    /// <param name="batch">How many axes B both have in common, in which each part of x is picked from by its own indices.</param>
    /// <returns>[B…, I…, the axes of x behind].</returns>
    /// <exception cref="ShapeException">The axes of the batch differ, or there are fewer axes than coordinates.</exception>
    public static Variable GatherNd(Variable x, Variable index, int batch = 0)
    {
        var (shared, picked) = Coordinates(x.Shape, index.Shape, batch);
        var rest = x.Shape[(batch + picked.Rank)..];
        var table = x.Reshape(new Shape(shared.Elements * picked.Elements, rest.Elements));
        return Embedding(table, Flattened(index, shared, picked)).Reshape(index.Shape[..^1].Concat(rest));
    }

    /// <summary>The number, in row-major order, of the element that each row of coordinates names; −1 where a coordinate is outside.</summary>
    private static Variable Flattened(Variable index, Shape shared, Shape picked)
    {
        var builder = index.Builder;
        var rows = index.Shape[..^1];
        var strides = picked.Strides();
        Variable? flat = null;
        Variable? inside = null;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            var at = Wrapped(Slices.Range(index, rows.Rank, axis, 1).Reshape(rows), picked[axis]);
            var from = Broadcasting.Apply(new IndexCompare(Comparison.GreaterEqual), at, Number(builder, 0));
            var to = Broadcasting.Apply(new IndexCompare(Comparison.Less), at, Number(builder, picked[axis]));
            var within = builder.Apply(new Logical(LogicalOperation.And), from, to);
            inside = inside is null ? within : builder.Apply(new Logical(LogicalOperation.And), inside, within);
            var part = Combine(IndexOperation.Multiply, at, Number(builder, strides[axis]));
            flat = flat is null ? part : Combine(IndexOperation.Add, flat, part);
        }

        flat ??= builder.Constant(Tensor.Generate(rows, _ => 0L));
        if (shared.Rank > 0)
        {
            int each = rows[shared.Rank..].Elements;
            flat = Combine(IndexOperation.Add, flat, builder.Constant(Tensor.Generate(rows, i => i / each * picked.Count64)));
        }

        return inside is null ? flat : Where(inside, flat, Broadcasting.To(Number(builder, -1), rows));
    }

    private static (Shape Shared, Shape Picked) Coordinates(Shape x, Shape index, int batch)
    {
        bool fits = index.Rank > batch && x.Rank >= batch && index[..batch].Equals(x[..batch]) && index[^1] <= x.Rank - batch;
        return fits
            ? (x[..batch], x[batch..(batch + index[^1])])
            : throw new ShapeException($"rows of the index {index} are no coordinates of {x} behind {batch} axes in common: give at most as many as it has axes");
    }

    private static Variable Number(ProgramBuilder builder, long number) => builder.Constant(Tensor.Of(Shape.Scalar, [number]));

    private static Variable Moved(Variable x, int from, int to)
    {
        if (from == to)
        {
            return x;
        }

        var axes = Enumerable.Range(0, x.Shape.Rank).ToList();
        axes.RemoveAt(from);
        axes.Insert(to, from);
        return x.Transpose([.. axes]);
    }
}
