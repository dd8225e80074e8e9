using System.Runtime.CompilerServices;

namespace Nonsmooth.Mathematics;

/// <summary>eˣ = 2ⁿ·e^r with |r| ≤ ½ log 2: Cody and Waite's reduction, then a minimax polynomial behind exact first terms.</summary>
/// <remarks>
/// W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980. The terms 1 + r + r²/2 are kept in two doubles and the rest
/// is below 2⁻⁷, so that before its last rounding the result errs by some 2⁻⁶⁰.
/// </remarks>
internal static class Exponential
{
    /// <summary>log 2 in 42 bits, so that its product with n is exact.</summary>
    public const double LogTwo = 0.6931471805598903;

    /// <summary>What log 2 is more than that.</summary>
    public const double LogTwoRest = 5.497923018708371e-14;

    private const double _inverse = 1.4426950408889634;

    /// <summary>eˣ = 2ⁿ · (a pair in [0.7, 1.42]), for x from −1500 to 1500. The pair's low part may be large: some 2⁻⁷.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Pair<V> Significand, V Exponent) Of<V>(V x)
        where V : struct, ILanes<V>
    {
        var (h, low, n) = Remainder(x);
        return (Reduced(h, low), n);
    }

    /// <summary>The same of a pair, normalised.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Pair<V> Significand, V Exponent) Of<V>(Pair<V> x)
        where V : struct, ILanes<V>
    {
        var (h, low, n) = Remainder(x.High);
        var r = Pair<V>.Sum(h, low + x.Low);
        return (Reduced(r.High, r.Low).Normalised(), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V High, V Low, V N) Remainder<V>(V x)
        where V : struct, ILanes<V>
    {
        var n = Lanes.Round(x * V.Of(_inverse));
        var r = V.Fma(n, V.Of(-LogTwo), x);
        var rest = n * V.Of(LogTwoRest);
        var h = r - rest;
        return (h, (r - h) - rest, n);
    }

    // e^(h + low) of |h| ≤ 0.35 and a tiny low.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair<V> Reduced<V>(V h, V low)
        where V : struct, ILanes<V>
    {
        var square = Pair<V>.Product(h, h);
        var z = square.High;
        var even = Lanes.Step(V.Of(1.6084327883952603e-10), z, 2.5052078002329456e-08);
        var odd = Lanes.Step(V.Of(2.0914686968086876e-09), z, 2.75572736431103e-07);
        even = Lanes.Step(even, z, 2.7557319239957097e-06);
        odd = Lanes.Step(odd, z, 2.4801587325547743e-05);
        even = Lanes.Step(even, z, 0.00019841269841266415);
        odd = Lanes.Step(odd, z, 0.0013888888888883748);
        even = Lanes.Step(even, z, 0.008333333333333333);
        odd = Lanes.Step(odd, z, 0.04166666666666667);
        even = Lanes.Step(even, z, 0.16666666666666666);
        var cubic = h * z * V.Fma(odd, h, even);

        var first = Pair<V>.Ordered(V.Of(1), h);
        var second = Pair<V>.Ordered(first.High, V.Of(0.5) * z);
        var tail = cubic + V.Fma(V.Of(0.5), square.Low, V.Fma(low, h, low));
        return new(second.High, first.Low + (second.Low + tail));
    }

    /// <summary>e^x − 1 as a pair, for x from −60 to 709.7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> MinusOne<V>(V x)
        where V : struct, ILanes<V>
    {
        var (e, n) = Of(x);
        var less = Pair<V>.Sum(Lanes.Scale(e.High, n), V.Of(-1));
        return new(less.High, less.Low + Lanes.Scale(e.Low, n));
    }

    /// <summary>eˣ.</summary>
    internal readonly struct Exp : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V>
        {
            var (e, n) = Of(Lanes.Clamp(x, -746, 710));
            return Lanes.OneNaN(Lanes.Scale(e.Rounded, n));
        }
    }

    /// <summary>eˣ − 1.</summary>
    internal readonly struct ExpM1 : ILaneFunction
    {
        private const double _largest = 709.782712893384;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V>
        {
            var y = MinusOne(Lanes.Clamp(x, -60, _largest)).Rounded;
            y = V.Select(V.Less(V.Of(_largest), x), V.Of(double.PositiveInfinity), y);
            return Lanes.OneNaN(V.Select(V.Equal(x, V.Of(0)), x, y));
        }
    }
}
