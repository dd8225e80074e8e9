using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nonsmooth.Mathematics;

/// <summary>Runs a function over one number or over many, as wide as the machine is; the bits are the same.</summary>
internal static class LaneLoop
{
    private const int _piece = 256;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double One<TFunction>(double x)
        where TFunction : struct, ILaneFunction
    {
        var lanes = Lanes128.Of(x);
        return TFunction.HasRare && Lanes128.Any(TFunction.IsRare(lanes)) ? TFunction.AtRare(x) : TFunction.At(lanes)[0];
    }

    public static void Many<TFunction>(ReadOnlySpan<double> x, Span<double> y)
        where TFunction : struct, ILaneFunction
    {
        Check(x.Length, y.Length);
        if (Vector512.IsHardwareAccelerated)
        {
            Wide<TFunction, Lanes512>(x, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Wide<TFunction, Lanes256>(x, y);
        }
        else
        {
            Wide<TFunction, Lanes128>(x, y);
        }
    }

    public static void Many<TFunction>(ReadOnlySpan<float> x, Span<float> y)
        where TFunction : struct, ILaneFunction
    {
        Check(x.Length, y.Length);
        Span<double> wide = stackalloc double[_piece];
        for (int from = 0; from < x.Length; from += _piece)
        {
            var part = wide[..Math.Min(_piece, x.Length - from)];
            Formats.Widen(x.Slice(from, part.Length), part);
            Many<TFunction>(part, part);
            Formats.Narrow(part, y.Slice(from, part.Length));
        }
    }

    /// <summary>The loop at one width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Wide<TFunction, V>(ReadOnlySpan<double> x, Span<double> y)
        where TFunction : struct, ILaneFunction
        where V : struct, ILanes<V>
    {
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double to = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i + V.Count <= x.Length; i += V.Count)
        {
            V.Store(Of<TFunction, V>(V.Load(ref Unsafe.Add(ref from, i))), ref Unsafe.Add(ref to, i));
        }

        for (; i < x.Length; i++)
        {
            y[i] = One<TFunction>(x[i]);
        }
    }

    /// <summary>The function of every lane, rare arguments included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<TFunction, V>(V x)
        where TFunction : struct, ILaneFunction
        where V : struct, ILanes<V>
    {
        var y = TFunction.At(x);
        return TFunction.HasRare && V.Any(TFunction.IsRare(x)) ? Mended<TFunction, V>(x, y) : y;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Mended<TFunction, V>(V x, V y)
        where TFunction : struct, ILaneFunction
        where V : struct, ILanes<V>
    {
        var rare = TFunction.IsRare(x);
        Span<double> lanes = stackalloc double[V.Count];
        V.Store(y, ref lanes[0]);
        for (int lane = 0; lane < V.Count; lane++)
        {
            lanes[lane] = BitConverter.DoubleToInt64Bits(rare[lane]) != 0 ? TFunction.AtRare(x[lane]) : lanes[lane];
        }

        return V.Load(ref lanes[0]);
    }

    private static void Check(int from, int to)
    {
        if (from != to)
        {
            throw new ArgumentException($"takes spans of one length, given {from} and {to}");
        }
    }
}
