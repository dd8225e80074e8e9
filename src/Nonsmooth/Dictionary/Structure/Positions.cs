using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Positions of one tensor's elements inside another, by strides.</summary>
internal static class Positions
{
    /// <summary>For each element of <paramref name="shape"/> in row-major order: offset + Σ index · stride.</summary>
    public static int[] Of(Shape shape, ReadOnlySpan<int> strides, int offset = 0)
    {
        var positions = new int[shape.Elements];
        if (positions.Length == 0)
        {
            return positions;
        }

        Span<int> index = stackalloc int[shape.Rank];
        index.Clear();
        int position = offset;
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = position;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                position += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                position -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return positions;
    }

    /// <summary>Applies a gather of any element type: reals, indices or masks.</summary>
    public static Tensor Gather<T>(Tensor source, Shape shape, int[] positions)
        where T : struct => source switch
        {
            Tensor<T> reals => Pick(reals, shape, positions),
            Tensor<long> indices => Pick(indices, shape, positions),
            _ => Pick((Tensor<bool>)source, shape, positions),
        };

    /// <summary>Gathers elements of a source of any kind into a result, at positions that are told each time.</summary>
    public static Action Gather<T>(Tensor source, Tensor result, Func<int[]> positions)
        where T : struct => source switch
        {
            Tensor<T> reals => Picking(reals, (Tensor<T>)result, positions),
            Tensor<long> indices => Picking(indices, (Tensor<long>)result, positions),
            _ => Picking((Tensor<bool>)source, (Tensor<bool>)result, positions),
        };

    private static Action Picking<TElement>(Tensor<TElement> source, Tensor<TElement> result, Func<int[]> positions)
        where TElement : struct => () => Pick(source.Elements, result.Elements, positions());

    private static void Pick<TElement>(ReadOnlySpan<TElement> source, Span<TElement> result, ReadOnlySpan<int> positions)
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = source[positions[i]];
        }
    }

    private static Tensor<TElement> Pick<TElement>(Tensor<TElement> source, Shape shape, int[] positions)
        where TElement : struct
    {
        var result = new Tensor<TElement>(shape);
        Pick(source.Elements, result.Elements, positions);
        return result;
    }
}
