
namespace Nonsmooth.Tensors;

/// <summary>Strides of views, in elements.</summary>
internal static class Layout
{
    public static long[] RowMajor(Shape shape)
    {
        var strides = new long[shape.Rank];
        long stride = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>Axes are matched from the last one; those of size 1 that grow get stride 0.</summary>
    public static long[] Broadcast(Shape shape, long[] strides, Shape target)
    {
        var result = new long[target.Rank];
        for (int axis = 0; axis < result.Length; axis++)
        {
            int from = axis - (target.Rank - shape.Rank);
            result[axis] = from < 0 || (shape[from] == 1 && target[axis] != 1) ? 0 : strides[from];
        }

        return result;
    }

    /// <summary>The strides of the same elements under another shape, or null where that takes a copy.</summary>
    public static long[]? Reshape(Shape shape, long[] strides, Shape target)
    {
        if (shape.Count64 == 0)
        {
            return RowMajor(target);
        }

        var result = new long[target.Rank];
        int to = target.Rank - 1;
        int axis = shape.Rank - 1;
        while (axis >= 0)
        {
            // A block: axes that lie in memory as one would.
            long stride = strides[axis];
            long count = shape[axis];
            while (axis > 0 && (shape[axis - 1] == 1 || strides[axis - 1] == count * stride))
            {
                axis--;
                count *= shape[axis];
            }

            axis--;
            long filled = 1;
            while (to >= 0 && (filled < count || target[to] == 1))
            {
                result[to] = filled * stride;
                filled *= target[to];
                to--;
            }

            if (filled != count)
            {
                return null;
            }
        }

        for (; to >= 0; to--)
        {
            result[to] = 1;
        }

        return result;
    }
}
