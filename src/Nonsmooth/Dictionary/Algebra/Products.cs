using Nonsmooth.Arithmetic;

namespace Nonsmooth.Dictionary;

/// <summary>Counts of sums of products.</summary>
internal static class Products
{
    /// <summary>Results that are each a sum of so many products: one addition less than products.</summary>
    public static OperationCount Count(long results, long productsEach) =>
        Count(checked(results * productsEach), productsEach == 0 ? 0 : results, 0);

    /// <summary>So many products in sums, so many of them not empty, a bias added to so many of those.</summary>
    public static OperationCount Count(long products, long sums, long biases) =>
        OperationCount.Of(ScalarOperation.Multiply, products)
        + OperationCount.Of(ScalarOperation.Add, products - sums + biases);

    /// <summary>For each row of a matrix its dot product with a strided vector, added from left to right; none is empty.</summary>
    /// <remarks>Four rows at a time, whose sums do not wait for each other.</remarks>
    public static void Dots<T>(ReadOnlySpan<T> vector, int stride, ReadOnlySpan<T> matrix, int length, Span<T> results)
        where T : struct, INumeric<T>
    {
        int j = 0;
        for (; j + 4 <= results.Length; j += 4)
        {
            var p = matrix.Slice(j * length, length);
            var q = matrix.Slice((j + 1) * length, length);
            var r = matrix.Slice((j + 2) * length, length);
            var s = matrix.Slice((j + 3) * length, length);
            var first = vector[0];
            var (a, b, c, d) = (first * p[0], first * q[0], first * r[0], first * s[0]);
            for (int k = 1; k < p.Length; k++)
            {
                var factor = vector[k * stride];
                a += factor * p[k];
                b += factor * q[k];
                c += factor * r[k];
                d += factor * s[k];
            }

            (results[j], results[j + 1], results[j + 2], results[j + 3]) = (a, b, c, d);
        }

        for (; j < results.Length; j++)
        {
            var row = matrix.Slice(j * length, length);
            var sum = vector[0] * row[0];
            for (int k = 1; k < row.Length; k++)
            {
                sum += vector[k * stride] * row[k];
            }

            results[j] = sum;
        }
    }
}
