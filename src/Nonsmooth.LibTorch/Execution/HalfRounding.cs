using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Rounds binary32 numbers to the nearest of binary16, ties to even, in one pass over memory.</summary>
/// <remarks>
/// Subnormal halves, ±0, infinities and overflow beyond 65519.996 to infinity as in a conversion; a NaN stays one. Each
/// element by itself, so the bits do not depend on the number of threads.
/// </remarks>
internal static unsafe class HalfRounding
{
    private const long Grain = 32768;
    private const uint Sign = 0x8000_0000;

    // The smallest normal half, 2⁻¹⁴, and 2¹⁶, to which what overflows is rounded.
    private const uint Normal = 0x3880_0000;
    private const uint Overflow = 0x4780_0000;
    private const uint Infinity = 0x7f80_0000;

    private struct Work
    {
        public uint* From;
        public uint* To;
    }

    /// <summary>A tensor of its own with the rounded numbers, of the same layout where that has no gaps.</summary>
    public static TensorHandle Of(TensorHandle value)
    {
        var source = value.IsDense ? value.Share() : TensorFactory.Contiguous(value);
        var result = TensorFactory.EmptyStrided(source.Sizes, source.Strides, TorchDtype.Float32, Device.Cpu);
        Run(source, result);
        source.Delete();
        return result;
    }

    /// <summary>Rounds in place; false, having done nothing, where the elements do not fill their memory.</summary>
    public static bool TryInPlace(TensorHandle value)
    {
        if (!value.IsDense)
        {
            return false;
        }

        Run(value, value);
        return true;
    }

    private static void Run(TensorHandle from, TensorHandle to)
    {
        var work = new Work { From = (uint*)from.Data, To = (uint*)to.Data };
        ParallelLoop.Run(to.ElementCount, Grain, &Round, &work);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Round(long begin, long end, void* work) => Round((Work*)work, begin, end);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(Work* work, long begin, long end)
    {
        long i = begin;
        for (; i + Vector<uint>.Count <= end; i += Vector<uint>.Count)
        {
            Vector.Store(Round(Vector.Load(work->From + i)), work->To + i);
        }

        for (; i < end; i++)
        {
            work->To[i] = Round(new Vector<uint>(work->From[i]))[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Round(Vector<uint> bits)
    {
        var sign = bits & new Vector<uint>(Sign);
        var size = bits ^ sign;

        // Half of what is cut off, less one where the last bit kept is even: a tie then does not carry.
        var odd = (size >> 13) & Vector<uint>.One;
        var normal = Vector.AndNot(size + new Vector<uint>(0xfff) + odd, new Vector<uint>(0x1fff));
        normal = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(normal, new Vector<uint>(Overflow)), new Vector<uint>(Infinity), normal);

        // Between ½ and 1 numbers are 2⁻²⁴ apart, as the subnormal halves are: the sum is rounded to one of them.
        var half = new Vector<float>(0.5f);
        var subnormal = Vector.AsVectorUInt32(Vector.AsVectorSingle(size) + half - half);
        var rounded = Vector.ConditionalSelect(Vector.LessThan(size, new Vector<uint>(Normal)), subnormal, normal);
        return Vector.ConditionalSelect(Vector.GreaterThan(size, new Vector<uint>(Infinity)), size, rounded) | sign;
    }
}
