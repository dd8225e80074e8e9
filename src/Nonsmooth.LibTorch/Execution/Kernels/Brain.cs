using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Numbers of the brain format for loops that compute in single precision, a block at a time.</summary>
internal static unsafe class Brain
{
    /// <summary>Elements of memory as singles: in place where they are, else widened into a buffer.</summary>
    public static float* Singles(bool narrow, void* memory, long offset, long count, float* buffer)
    {
        if (!narrow)
        {
            return (float*)memory + offset;
        }

        Widen((ushort*)memory + offset, buffer, count);
        return buffer;
    }

    /// <summary>Rounds a block into the memory if that is narrow; else the block lies there already.</summary>
    public static void Return(bool narrow, float* block, void* memory, long offset, long count)
    {
        if (narrow)
        {
            Narrow(block, (ushort*)memory + offset, count);
        }
    }

    /// <summary>To the nearest, ties to even; a NaN stays one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(float* from, ushort* to, long count)
    {
        long i = 0;
        for (; i + Vector<ushort>.Count <= count; i += Vector<ushort>.Count)
        {
            var low = Rounded(Vector.Load((uint*)from + i));
            var high = Rounded(Vector.Load((uint*)from + i + Vector<uint>.Count));
            Vector.Store(Vector.Narrow(low, high), to + i);
        }

        for (; i < count; i++)
        {
            to[i] = (ushort)Rounded(new Vector<uint>(((uint*)from)[i]))[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ushort* from, float* to, long count)
    {
        long i = 0;
        for (; i + Vector<ushort>.Count <= count; i += Vector<ushort>.Count)
        {
            Vector.Widen(Vector.Load(from + i), out var low, out var high);
            Vector.Store(low << 16, (uint*)to + i);
            Vector.Store(high << 16, (uint*)to + i + Vector<uint>.Count);
        }

        for (; i < count; i++)
        {
            ((uint*)to)[i] = (uint)from[i] << 16;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Rounded(Vector<uint> bits)
    {
        var odd = (bits >> 16) & Vector<uint>.One;
        var rounded = (bits + new Vector<uint>(0x7fff) + odd) >> 16;
        var nan = Vector.GreaterThan(bits & new Vector<uint>(0x7fff_ffff), new Vector<uint>(0x7f80_0000));
        return Vector.ConditionalSelect(nan, (bits >> 16) | new Vector<uint>(0x40), rounded);
    }
}
