using System.Numerics;
using System.Runtime.InteropServices;

namespace Nonsmooth.Cluster;

/// <summary>Sums number by number: each is one addition, so the width of the registers changes no bit.</summary>
internal static class Lanes
{
    /// <summary>left + right, written into either.</summary>
    public static void Add<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int whole = 0;
        if (Vector<T>.IsSupported)
        {
            var a = MemoryMarshal.Cast<T, Vector<T>>(left);
            var b = MemoryMarshal.Cast<T, Vector<T>>(right);
            var c = MemoryMarshal.Cast<T, Vector<T>>(sum);
            for (int i = 0; i < c.Length; i++)
            {
                c[i] = a[i] + b[i];
            }

            whole = c.Length * Vector<T>.Count;
        }

        for (int i = whole; i < sum.Length; i++)
        {
            sum[i] = left[i] + right[i];
        }
    }
}
