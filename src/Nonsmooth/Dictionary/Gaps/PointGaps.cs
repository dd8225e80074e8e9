using System.Numerics;
using System.Runtime.InteropServices;
using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>How far numbers are from the nearest of some points.</summary>
internal static class PointGaps
{
    public static void Measure<T>(ReadOnlySpan<T> x, IReadOnlyList<Kink> kinks, Span<T> gaps, Span<T> scales)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var first = T.CreateChecked(kinks[0].At);
        Distance(x, first, gaps);
        scales.Fill(T.Abs(first));
        for (int k = 1; k < kinks.Count; k++)
        {
            var at = T.CreateChecked(kinks[k].At);
            for (int i = 0; i < x.Length; i++)
            {
                var gap = T.Abs(x[i] - at);
                if (gap < gaps[i])
                {
                    (gaps[i], scales[i]) = (gap, T.Abs(at));
                }
            }
        }
    }

    private static void Distance<T>(ReadOnlySpan<T> x, T at, Span<T> gaps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var points = new Vector<T>(at);
        var from = MemoryMarshal.Cast<T, Vector<T>>(x);
        var to = MemoryMarshal.Cast<T, Vector<T>>(gaps);
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = Vector.Abs(from[i] - points);
        }

        for (int i = from.Length * Vector<T>.Count; i < x.Length; i++)
        {
            gaps[i] = T.Abs(x[i] - at);
        }
    }
}
