using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>
/// float32 to bfloat16 and back. A random number below one unit in the last place is added before the cut;
/// it is a function of a seed and the element's index alone, so it is the same for any threads and any block.
/// </summary>
internal static unsafe class StochasticRounding
{
    private const uint QuietNaN = 0x7FC0;

    /// <summary>A seed for the numbers of one state of one slot in one step.</summary>
    public static uint Seed(int slot, long step, int state) =>
        Mix((uint)slot * 0x9E3779B1 ^ Mix((uint)step ^ Mix((uint)(step >> 32) + ((uint)state * 0x85EBCA6B) + 1)));

    public static void Widen(ushort* source, float* destination, int length)
    {
        int i = 0;
        for (; i + Vector512<ushort>.Count <= length; i += Vector512<ushort>.Count)
        {
            (Vector512<uint> low, Vector512<uint> high) = Vector512.Widen(Vector512.Load(source + i));
            (low << 16).AsSingle().Store(destination + i);
            (high << 16).AsSingle().Store(destination + i + Vector512<uint>.Count);
        }

        for (; i < length; i++)
        {
            destination[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
        }
    }

    /// <summary>Rounds numbers whose first has the index <paramref name="index"/>.</summary>
    public static void Narrow(float* source, ushort* destination, int length, uint seed, long index)
    {
        int i = 0;
        for (; i + Vector512<ushort>.Count <= length; i += Vector512<ushort>.Count)
        {
            Vector512<uint> low = Rounded(source + i, seed, index + i);
            Vector512<uint> high = Rounded(source + i + Vector512<uint>.Count, seed, index + i + Vector512<uint>.Count);
            Vector512.Narrow(low, high).Store(destination + i);
        }

        for (; i < length; i++)
        {
            uint random = Mix(((uint)(index + i) * 0x9E3779B1) ^ seed) & 0xFFFF;
            destination[i] = float.IsNaN(source[i])
                ? (ushort)QuietNaN
                : (ushort)((BitConverter.SingleToUInt32Bits(source[i]) + random) >> 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Rounded(float* source, uint seed, long index)
    {
        Vector512<float> value = Vector512.Load(source);
        Vector512<uint> hash = ((Vector512.Create((uint)index) + Vector512<uint>.Indices) * 0x9E3779B1) ^ Vector512.Create(seed);
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        hash ^= hash >> 16;
        Vector512<uint> rounded = (value.AsUInt32() + (hash & Vector512.Create(0xFFFFu))) >> 16;
        return Vector512.ConditionalSelect(Vector512.Equals(value, value).AsUInt32(), rounded, Vector512.Create(QuietNaN));
    }

    private static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
