using System.Runtime.CompilerServices;

namespace Nonsmooth.Mathematics;

/// <summary>log x = n log 2 + log(1 + f) with 1 + f in [√½, √2), over s = f/(2 + f): log(1 + f) = 2 artanh s.</summary>
/// <remarks>
/// The argument's reduction and the form f − (f²/2 − s(f²/2 + R(s²))) are those of FDLIBM (Ng, 1993); here f²/2 is kept with its error.
/// </remarks>
internal static class Logarithm
{
    private const ulong _rootHalf = 0x3FE6A09E00000000;
    private const ulong _fraction = 0x000FFFFFFFFFFFFF;
    private const double _integers = 4503599627370496;

    /// <summary>x = 2ⁿ·(1 + f) for a positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V F, V N) Split<V>(V x)
        where V : struct, ILanes<V>
    {
        var shifted = V.AddBits(x, V.OfBits(0x3FF0000000000000 - _rootHalf));
        var n = (V.ShiftRight(shifted, 52) | V.Of(_integers)) - V.Of(_integers + 1023);
        var m = V.AddBits(shifted & V.OfBits(_fraction), V.OfBits(_rootHalf));
        return (m - V.Of(1), n);
    }

    /// <summary>x of any positive size as 2ⁿ·(1 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V F, V N) SplitAny<V>(V x)
        where V : struct, ILanes<V>
    {
        var small = V.Less(x, V.Of(2.2250738585072014e-308));
        var (f, n) = Split(V.Select(small, x * V.Of(18014398509481984), x));
        return (f, n - (small & V.Of(54)));
    }

    /// <summary>n log 2 + log(1 + f) + rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Joined<V>(V f, V n, V rest)
        where V : struct, ILanes<V>
    {
        var s = f / (V.Of(2) + f);
        var z = s * s;
        var w = z * z;
        var even = Lanes.Step(V.Of(0.1308675766695207), w, 0.15386240172447838);
        var odd = Lanes.Step(V.Of(0.13268760562036724), w, 0.18181795631498243);
        even = Lanes.Step(even, w, 0.22222222391794727);
        odd = Lanes.Step(odd, w, 0.28571428570803253);
        even = Lanes.Step(even, w, 0.4000000000000088);
        odd = Lanes.Step(odd, w, 0.6666666666666666);
        var r = z * V.Fma(even, z, odd);

        var half = Pair<V>.Product(f, V.Of(0.5) * f);
        var first = Pair<V>.Ordered(f, Lanes.Negate(half.High));
        var whole = Pair<V>.Sum(n * V.Of(Exponential.LogTwo), first.High);
        var tail = V.Fma(s, half.High + r, (first.Low - half.Low) + V.Fma(n, V.Of(Exponential.LogTwoRest), rest));
        return whole.High + (whole.Low + tail);
    }

    /// <summary>log x as a pair that errs by some 2⁻⁶⁵ of it, for a positive finite x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Of<V>(V x)
        where V : struct, ILanes<V>
    {
        var (f, n) = SplitAny(x);
        var s = new Pair<V>(f, V.Of(0)) / Pair<V>.Ordered(V.Of(2), f);
        s = s.Normalised();
        var z = s * s;
        var w = z.High * z.High;
        var even = Lanes.Step(V.Of(0.10762415597972005), w, 0.11766813077591133);
        var odd = Lanes.Step(V.Of(0.10456328242945438), w, 0.1333329653543724);
        even = Lanes.Step(even, w, 0.15384615761157389);
        odd = Lanes.Step(odd, w, 0.18181818179657014);
        even = Lanes.Step(even, w, 0.2222222222222843);
        odd = Lanes.Step(odd, w, 0.28571428571428564);
        even = Lanes.Step(even, w, 0.4);
        var fifth = z.High * V.Fma(odd, z.High, even);

        var third = Pair<V>.Ordered(V.Of(0.6666666666666666), fifth);
        var rest = s * z * new Pair<V>(third.High, third.Low + V.Of(3.700743415417188e-17));
        var twice = Pair<V>.Ordered(s.High + s.High, rest.High);
        var whole = Pair<V>.Sum(n * V.Of(Exponential.LogTwo), twice.High);
        var low = twice.Low + (rest.Low + (s.Low + s.Low));
        return Pair<V>.Ordered(whole.High, whole.Low + V.Fma(n, V.Of(Exponential.LogTwoRest), low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtEdges<V>(V x, V y, double zero)
        where V : struct, ILanes<V>
    {
        y = V.Select(V.Equal(x, V.Of(double.PositiveInfinity)), x, y);
        y = V.Select(V.Equal(x, V.Of(zero)), V.Of(double.NegativeInfinity), y);
        return Lanes.OneNaN(V.Select(V.Less(x, V.Of(zero)) | (V.Equal(x, x) ^ V.OfBits(ulong.MaxValue)), V.Of(double.NaN), y));
    }

    /// <summary>log x.</summary>
    internal readonly struct Log : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V>
        {
            var (f, n) = SplitAny(x);
            return AtEdges(x, Joined(f, n, V.Of(0)), 0);
        }
    }

    /// <summary>log(1 + x): the logarithm of the rounded sum, and what was rounded away over the sum.</summary>
    internal readonly struct LogP1 : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V>
        {
            var sum = Pair<V>.Sum(V.Of(1), x);
            var (f, n) = Split(sum.High);
            var near = V.Equal(n, V.Of(0));
            f = V.Select(near, x, f);
            var y = Joined(f, n, V.Select(near, V.Of(0), sum.Low / sum.High));
            return V.Select(V.Less(Lanes.Abs(x), V.Of(1e-300)), x, AtEdges(x, y, -1));
        }
    }
}
