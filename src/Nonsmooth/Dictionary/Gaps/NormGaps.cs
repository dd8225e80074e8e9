using System.Numerics;

namespace Nonsmooth.Dictionary;

/// <summary>How far groups of numbers are from the kinks of their norm.</summary>
internal static class NormGaps
{
    /// <summary>
    /// Order 1: the entry nearest to 0; order 2: the largest entry, which is 0 at the zero vector alone; order ∞: the
    /// largest entry less the second largest, or less 0.
    /// </summary>
    public static void Measure<T>(ReadOnlySpan<T> x, double order, GroupOffsets groups, int start, Span<T> gaps, Span<T> scales)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        scales.Clear();
        for (int i = 0; i < gaps.Length; i++)
        {
            var best = new BestTwo<T>();
            best.Add(T.Zero);
            int from = groups.Base(start + i);
            gaps[i] = order == 1 ? T.PositiveInfinity : T.Zero;
            foreach (int offset in groups.Within)
            {
                var magnitude = T.Abs(x[from + offset]);
                best.Add(magnitude);
                gaps[i] = order == 1 ? T.Min(gaps[i], magnitude) : T.Max(gaps[i], magnitude);
            }

            if (double.IsInfinity(order))
            {
                (gaps[i], scales[i]) = (best.Gap, best.Scale);
            }
        }
    }
}
