using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A sort written as maximum and minimum of two: Batcher's merging network, O(n log² n) comparators.</summary>
/// <remarks>K. E. Batcher, <i>Sorting networks and their applications</i>, AFIPS 1968.</remarks>
internal static class SortingNetwork
{
    public static Variable Sort(Variable x, int axis, bool descending)
    {
        if (x.Shape[axis] < 2)
        {
            return x;
        }

        var parts = Slices.Along(x, axis);
        foreach (var (low, high) in Comparators(parts.Length))
        {
            var (a, b) = (parts[low], parts[high]);
            (parts[low], parts[high]) = (Extrema.Of(a, b, descending), Extrema.Of(a, b, !descending));
        }

        return Functions.Concatenate(axis, parts);
    }

    /// <summary>The lower median along an axis, which goes.</summary>
    public static Variable Median(Variable x, int axis)
    {
        int rank = (x.Shape[axis] - 1) / 2;
        var kept = Slices.Range(Sort(x, axis, false), axis, rank, 1);
        return kept.Reshape(new Shape([.. x.Shape.Where((_, a) => a != axis)]));
    }

    private static IEnumerable<(int Low, int High)> Comparators(int n)
    {
        for (int p = 1; p < n; p *= 2)
        {
            for (int k = p; k >= 1; k /= 2)
            {
                for (int j = k % p; j + k < n; j += 2 * k)
                {
                    for (int i = 0; i < Math.Min(k, n - j - k); i++)
                    {
                        if ((i + j) / (2 * p) == (i + j + k) / (2 * p))
                        {
                            yield return (i + j, i + j + k);
                        }
                    }
                }
            }
        }
    }
}
