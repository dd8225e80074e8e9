using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nonsmooth.Mathematics;

/// <summary>Powers of many numbers, as <see cref="LaneLoop"/> runs functions of one.</summary>
internal static class PowerLoop
{
    private const int _piece = 256;

    public static void Many(ReadOnlySpan<double> x, ReadOnlySpan<double> exponents, Span<double> y)
    {
        Check(x.Length, exponents.Length, y.Length);
        if (Vector512.IsHardwareAccelerated)
        {
            Wide<Lanes512>(x, exponents, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Wide<Lanes256>(x, exponents, y);
        }
        else
        {
            Wide<Lanes128>(x, exponents, y);
        }
    }

    public static void Many(ReadOnlySpan<float> x, ReadOnlySpan<float> exponents, Span<float> y)
    {
        Check(x.Length, exponents.Length, y.Length);
        Span<double> wide = stackalloc double[_piece];
        Span<double> raised = stackalloc double[_piece];
        for (int from = 0; from < x.Length; from += _piece)
        {
            int length = Math.Min(_piece, x.Length - from);
            Formats.Widen(x.Slice(from, length), wide);
            Formats.Widen(exponents.Slice(from, length), raised);
            Many(wide[..length], raised[..length], wide[..length]);
            Formats.Narrow(wide[..length], y.Slice(from, length));
        }
    }

    /// <summary>The loop at one width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Wide<V>(ReadOnlySpan<double> x, ReadOnlySpan<double> exponents, Span<double> y)
        where V : struct, ILanes<V>
    {
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double exponent = ref MemoryMarshal.GetReference(exponents);
        ref double to = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i + V.Count <= x.Length; i += V.Count)
        {
            V.Store(Of(V.Load(ref Unsafe.Add(ref from, i)), V.Load(ref Unsafe.Add(ref exponent, i))), ref Unsafe.Add(ref to, i));
        }

        for (; i < x.Length; i++)
        {
            y[i] = Power.At(x[i], exponents[i]);
        }
    }

    /// <summary>The power of every lane, rare ones included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, V y)
        where V : struct, ILanes<V>
    {
        var power = Power.At(x, y);
        return V.Any(Power.IsRare(x, y)) ? One(x, y) : power;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V One<V>(V x, V y)
        where V : struct, ILanes<V>
    {
        Span<double> lanes = stackalloc double[V.Count];
        for (int lane = 0; lane < V.Count; lane++)
        {
            lanes[lane] = Power.At(x[lane], y[lane]);
        }

        return V.Load(ref lanes[0]);
    }

    private static void Check(int from, int exponents, int to)
    {
        if (from != to || exponents != to)
        {
            throw new ArgumentException($"takes spans of one length, given {from}, {exponents} and {to}");
        }
    }
}
