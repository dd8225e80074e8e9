using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Pooling windows as strided slices: one tensor for each place in a window.</summary>
internal static class Windows
{
    public static Variable Maximum(Variable x, MaxPool2d pool)
    {
        var result = pool.InferTypes([x.Type])[0].Shape;
        int[] after = new int[2];
        for (int i = 0; i < 2; i++)
        {
            int reach = ((result[2 + i] - 1) * pool.Stride[i]) + ((pool.Kernel[i] - 1) * pool.Dilation[i]) + 1;
            after[i] = Math.Max(0, reach - pool.Padding[i] - x.Shape[2 + i]);
        }

        bool inside = pool.Padding[0] + pool.Padding[1] + after[0] + after[1] == 0;
        var padded = inside
            ? x
            : Functions.Pad(x, [0, 0, pool.Padding[0], pool.Padding[1]], [0, 0, after[0], after[1]], double.NegativeInfinity);
        return Extrema.Of([.. Places(padded, result, pool.Kernel, pool.Stride, pool.Dilation)], true);
    }

    public static Variable Norm(Variable x, NormPool2d pool)
    {
        var result = pool.InferTypes([x.Type])[0].Shape;
        var stacked = new Shape(1).Concat(result);
        var places = Places(x, result, pool.Kernel, pool.Stride, [1, 1]).Select(p => p.Reshape(stacked)).ToArray();
        return x.Builder.Apply(new Norm(2, [0], false), Functions.Concatenate(0, places));
    }

    private static IEnumerable<Variable> Places(Variable x, Shape result, IntVector kernel, IntVector stride, IntVector dilation)
    {
        for (int row = 0; row < kernel[0]; row++)
        {
            for (int column = 0; column < kernel[1]; column++)
            {
                var rows = Slices.Range(x, 2, row * dilation[0], result[2], stride[0]);
                yield return Slices.Range(rows, 3, column * dilation[1], result[3], stride[1]);
            }
        }
    }
}
