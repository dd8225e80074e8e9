using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>Channels made planes: [N, C·r², H, W] to [N, C, H·r, W·r], as torch's pixel shuffle and ONNX's DepthToSpace have them.</summary>
    /// <param name="x">The planes, over the last three axes.</param>
    /// <param name="factor">r, at least 1.</param>
    /// <param name="blocksFirst">Whether channels count (row, column, channel), ONNX's mode DCR; else (channel, row, column), CRD and torch.</param>
    /// <exception cref="ShapeException">The channels are not a multiple of r².</exception>
    public static Variable PixelShuffle(Variable x, int factor, bool blocksFirst = false)
    {
        var (lead, channels, rows, columns) = Planes(x, factor);
        if (channels % (factor * factor) != 0)
        {
            throw new ShapeException($"{channels} channels of {x.Shape} are no multiple of {factor}²: shuffle by another factor");
        }

        int kept = channels / (factor * factor);
        var apart = blocksFirst
            ? x.Reshape(new Shape(lead, factor, factor, kept, rows, columns)).Transpose(0, 3, 4, 1, 5, 2)
            : x.Reshape(new Shape(lead, kept, factor, factor, rows, columns)).Transpose(0, 1, 4, 2, 5, 3);
        return apart.Reshape(x.Shape[..^3].Concat(new Shape(kept, rows * factor, columns * factor)));
    }

    /// <summary>Planes made channels: [N, C, H·r, W·r] to [N, C·r², H, W], the inverse of <see cref="PixelShuffle"/>.</summary>
    /// <param name="x">The planes, over the last three axes.</param>
    /// <param name="factor">r, at least 1.</param>
    /// <param name="blocksFirst">Whether channels count (row, column, channel), as ONNX's SpaceToDepth; else (channel, row, column), as torch.</param>
    /// <exception cref="ShapeException">Rows or columns are not a multiple of r.</exception>
    public static Variable PixelUnshuffle(Variable x, int factor, bool blocksFirst = false)
    {
        var (lead, channels, rows, columns) = Planes(x, factor);
        if (rows % factor != 0 || columns % factor != 0)
        {
            throw new ShapeException($"{rows}×{columns} of {x.Shape} are no multiples of {factor}: unshuffle by another factor");
        }

        var apart = x.Reshape(new Shape(lead, channels, rows / factor, factor, columns / factor, factor));
        return (blocksFirst ? apart.Transpose(0, 3, 5, 1, 2, 4) : apart.Transpose(0, 1, 3, 5, 2, 4))
            .Reshape(x.Shape[..^3].Concat(new Shape(channels * factor * factor, rows / factor, columns / factor)));
    }

    /// <summary>Parts one after the other along an axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis; −1 is the innermost.</param>
    /// <param name="sizes">The size of each part; together that of the axis.</param>
    /// <exception cref="ShapeException">They are not.</exception>
    public static IReadOnlyList<Variable> Split(Variable x, int axis, IReadOnlyList<int> sizes)
    {
        axis = x.Shape.Axis(axis);
        if (sizes.Any(s => s < 0) || sizes.Sum(s => (long)s) != x.Shape[axis])
        {
            throw new ShapeException($"parts of {string.Join(", ", sizes)} do not make axis {axis} of {x.Shape}: give sizes that add up to {x.Shape[axis]}");
        }

        var parts = new Variable[sizes.Count];
        int start = 0;
        for (int i = 0; i < parts.Length; start += sizes[i++])
        {
            parts[i] = Slices.Range(x, axis, start, sizes[i]);
        }

        return parts;
    }

    /// <summary>Parts of one size along an axis, the last one smaller where it does not divide the axis.</summary>
    public static IReadOnlyList<Variable> Split(Variable x, int axis, int size)
    {
        int whole = x.Shape[x.Shape.Axis(axis)];
        return size > 0
            ? Split(x, axis, [.. Enumerable.Range(0, Math.Max(1, (whole + size - 1) / size)).Select(i => Math.Min(size, whole - (i * size)))])
            : throw new ShapeException($"parts of {size}: give at least 1");
    }

    /// <summary>Tensors of one shape along a new axis.</summary>
    /// <param name="axis">Where the axis is put; −1 makes it the innermost.</param>
    /// <param name="parts">The tensors, at least one.</param>
    public static Variable Stack(int axis, params ReadOnlySpan<Variable> parts)
    {
        var shape = parts[0].Shape;
        axis = axis < 0 ? axis + shape.Rank + 1 : axis;
        var single = shape[..axis].Concat(new Shape(1)).Concat(shape[axis..]);
        var raised = new Variable[parts.Length];
        for (int i = 0; i < raised.Length; i++)
        {
            raised[i] = parts[i].Reshape(single);
        }

        return Concatenate(axis, raised);
    }

    private static (int Lead, int Channels, int Rows, int Columns) Planes(Variable x, int factor) => x.Shape.Rank >= 3 && factor >= 1
        ? (x.Shape[..^3].Elements, x.Shape[^3], x.Shape[^2], x.Shape[^1])
        : throw new ShapeException($"{x.Shape} by a factor of {factor}: give channels, rows and columns, and at least 1");
}
