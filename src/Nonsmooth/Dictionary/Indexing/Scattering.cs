using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    private const long _most = 1L << 28;

    /// <summary>Updates put into a tensor at the places an index names along an axis: ONNX's ScatterElements, torch's scatter and scatter_reduce.</summary>
    /// <param name="data">The tensor; real, or of any kind to be overwritten.</param>
    /// <param name="index">As many axes, none longer than the data's but for the given one; below 0 it counts from the end.</param>
    /// <param name="updates">As the index.</param>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="reduction">What becomes of what meets.</param>
    /// <param name="includeData">Whether the element that is met takes part; else updates alone make what they reach.</param>
    /// <remarks>
    /// Of equal candidates of a maximum or minimum each has a share by <c>max-ties</c>, equal ones by default as torch's
    /// scatter_reduce, ranked with the data's element first. Products, maxima and minima compare every element of the axis with
    /// every update along it: they are for indices that are not long.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit, or the comparisons are too many.</exception>
    public static Variable ScatterElements(
        Variable data, Variable index, Variable updates, int axis, ScatterReduction reduction = ScatterReduction.Set, bool includeData = true)
    {
        axis = data.Shape.Axis(axis);
        var builder = data.Builder;
        var scatter = new Scatter(axis);
        scatter.InferTypes([data.Type, index.Type, updates.Type]);
        index = Wrapped(index, data.Shape[axis]);
        if (reduction == ScatterReduction.Set)
        {
            return builder.Apply(scatter, data, index, updates);
        }

        if (!includeData)
        {
            double neutral = Neutral(reduction);
            data = builder.Apply(scatter, data, index, builder.Apply(new Fill(index.Shape, neutral)));
        }

        return reduction switch
        {
            ScatterReduction.Add => data + Added(updates, index, axis, data.Shape),
            ScatterReduction.Mean => Averaged(data, index, updates, axis, includeData),
            _ => Beside(data, Met(Met(data, index.Shape, axis), index, updates, axis, reduction), axis),
        };
    }

    /// <summary>Slices put into a tensor, each at the coordinates in a row of an index: ONNX's ScatterND, torch's index_put.</summary>
    /// <param name="data">The tensor; real, or of any kind to be overwritten.</param>
    /// <param name="index">[I…, k]: coordinates of the first k axes, those below 0 counting from the end.</param>
    /// <param name="updates">[I…, the axes of the data behind].</param>
    /// <param name="reduction">What becomes of what meets, as in <see cref="ScatterElements"/>.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Variable ScatterNd(Variable data, Variable index, Variable updates, ScatterReduction reduction = ScatterReduction.Set)
    {
        var (shared, picked) = Coordinates(data.Shape, index.Shape, 0);
        var rest = data.Shape[picked.Rank..];
        var rows = index.Shape[..^1];
        if (!updates.Shape.Equals(rows.Concat(rest)))
        {
            throw new ShapeException($"updates {updates.Shape} for an index {index.Shape} into {data.Shape}: they must be {rows.Concat(rest)}");
        }

        var places = Broadcasting.To(Flattened(index, shared, picked).Reshape(new Shape(rows.Elements, 1)), new Shape(rows.Elements, rest.Elements));
        var table = data.Reshape(new Shape(picked.Elements, rest.Elements));
        return Placed(table, places, updates.Reshape(places.Shape), reduction).Reshape(data.Shape);
    }

    /// <summary>Slices put into a tensor along an axis: torch's index_add, index_copy and index_reduce.</summary>
    /// <param name="data">The tensor.</param>
    /// <param name="index">One index a slice, [m]; below 0 it counts from the end.</param>
    /// <param name="updates">The data's shape with m slices.</param>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="reduction">What becomes of what meets, as in <see cref="ScatterElements"/>.</param>
    /// <param name="includeData">Whether the elements that are met take part.</param>
    public static Variable IndexReduce(
        Variable data, Variable index, Variable updates, int axis, ScatterReduction reduction, bool includeData = true)
    {
        axis = data.Shape.Axis(axis);
        var line = new Shape([index.Shape.Elements, .. Enumerable.Repeat(1, data.Shape.Rank - 1 - axis)]);
        return ScatterElements(data, Broadcasting.To(index.Reshape(line), updates.Shape), updates, axis, reduction, includeData);
    }

    // Coordinates outside are −1 here and must stay an error: they are not counted from the end.
    private static Variable Placed(Variable table, Variable places, Variable updates, ScatterReduction reduction)
    {
        const int Outside = int.MinValue;
        var outside = Broadcasting.Apply(new IndexCompare(Comparison.Less), places, Number(places.Builder, 0));
        return ScatterElements(table, Where(outside, Broadcasting.To(Number(places.Builder, Outside), places.Shape), places), updates, 0, reduction);
    }

    private static double Neutral(ScatterReduction reduction) => reduction switch
    {
        ScatterReduction.Multiply => 1,
        ScatterReduction.Maximum => double.NegativeInfinity,
        ScatterReduction.Minimum => double.PositiveInfinity,
        _ => 0,
    };

    private static Variable Added(Variable updates, Variable index, int axis, Shape shape)
    {
        var sum = ScatterAdd(updates, index, axis, shape[axis]);
        return Pad(sum, new int[shape.Rank], shape.Select((size, a) => size - sum.Shape[a]).ToArray(), PadMode.Constant);
    }

    private static Variable Averaged(Variable data, Variable index, Variable updates, int axis, bool includeData)
    {
        var builder = data.Builder;
        var counts = Added(builder.Apply(new Fill(index.Shape, 1)), index, axis, data.Shape);
        return (data + Added(updates, index, axis, data.Shape)) / (includeData ? counts + 1 : Maximum(counts, builder.Apply(new Fill(counts.Shape, 1))));
    }

    /// <summary>The part of the data that an index of a shape reaches.</summary>
    private static Variable Met(Variable data, Shape index, int axis)
    {
        for (int a = 0; a < index.Rank; a++)
        {
            data = a == axis ? data : Slices.Range(data, a, 0, index[a]);
        }

        return data;
    }

    /// <summary>A changed part put back beside the rest of the data.</summary>
    private static Variable Beside(Variable data, Variable part, int axis)
    {
        for (int a = data.Shape.Rank - 1; a >= 0; a--)
        {
            int rest = data.Shape[a] - part.Shape[a];
            if (a != axis && rest > 0)
            {
                var others = data;
                for (int b = 0; b < a; b++)
                {
                    others = Slices.Range(others, b, 0, part.Shape[b]);
                }

                part = Concatenate(a, part, Slices.Range(others, a, part.Shape[a], rest));
            }
        }

        return part;
    }

    // A table of each element against each update along the axis, the neutral number where they do not meet.
    private static Variable Met(Variable data, Variable index, Variable updates, int axis, ScatterReduction reduction)
    {
        var builder = data.Builder;
        var (before, after) = (index.Shape[..axis], index.Shape[(axis + 1)..]);
        var (size, count) = (data.Shape[axis], index.Shape[axis]);
        var lines = before.Concat(new Shape(1, count)).Concat(after);
        if ((double)lines.Count64 * size > _most)
        {
            throw new ShapeException($"a product or extremum of {index.Shape} updates over {size} elements of axis {axis} of {data.Shape} takes more than {_most} comparisons: scatter fewer");
        }

        var all = before.Concat(new Shape(size, count)).Concat(after);
        var places = builder.Constant(Tensor.Generate(new Shape([size, .. Enumerable.Repeat(1, after.Rank + 1)]), i => (long)i));
        var meets = builder.Apply(new IndexCompare(Comparison.Equal), Broadcasting.To(index.Reshape(lines), all), Broadcasting.To(places, all));
        var candidates = Where(meets, updates.Reshape(lines), Neutral(reduction));
        var own = data.Reshape(before.Concat(new Shape(size, 1)).Concat(after));
        var table = Concatenate(axis + 1, own, candidates);
        return reduction switch
        {
            ScatterReduction.Maximum => table.Max(axis + 1),
            ScatterReduction.Minimum => table.Min(axis + 1),
            _ => Extrema.Product(table, axis + 1),
        };
    }
}
