using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nonsmooth.Reliability.Formats;

/// <summary>One bit an element, found 64 elements at a time.</summary>
internal static class TieMask
{
    /// <summary>The bits of the elements of magnitude at most a limit; 64 at a time, the last word padded with 0.</summary>
    /// <param name="values">At most 64 numbers.</param>
    /// <param name="limit">0, or the largest number that counts as 0.</param>
    public static ulong Small<T>(ReadOnlySpan<T> values, T limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ulong bits = 0;
        int i = 0;
        var limits = Vector256.Create(limit);
        foreach (var lanes in MemoryMarshal.Cast<T, Vector256<T>>(values))
        {
            bits |= (ulong)Vector256.LessThanOrEqual(Vector256.Abs(lanes), limits).ExtractMostSignificantBits() << i;
            i += Vector256<T>.Count;
        }

        for (; i < values.Length; i++)
        {
            bits |= T.Abs(values[i]) <= limit ? 1UL << i : 0;
        }

        return bits;
    }

    /// <summary>How many elements have a magnitude of at most a limit.</summary>
    public static long CountSmall<T>(ReadOnlySpan<T> values, T limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long count = 0;
        for (int i = 0; i < values.Length; i += 64)
        {
            count += BitOperations.PopCount(Small(values.Slice(i, Math.Min(64, values.Length - i)), limit));
        }

        return count;
    }

    /// <summary>How many bits there are.</summary>
    public static long Count(ReadOnlySpan<ulong> mask)
    {
        long count = 0;
        foreach (ulong word in mask)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Clears the bits of the elements that are 0.</summary>
    public static void KeepNonzero<T>(Span<ulong> mask, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int word = 0; word < mask.Length; word++)
        {
            if (mask[word] != 0)
            {
                int from = word * 64;
                mask[word] &= ~Small(values.Slice(from, Math.Min(64, values.Length - from)), T.Zero);
            }
        }
    }
}
