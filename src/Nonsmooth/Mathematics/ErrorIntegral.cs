using System.Runtime.CompilerServices;

namespace Nonsmooth.Mathematics;

/// <summary>The error function and its complement.</summary>
/// <remarks>
/// <para>Up to 0.75 a polynomial in x² behind 2x/√π. Beyond, erfc x = e^(−x²)·P(t)/(1 + 2x) with t = (x − 3)/(x + 3), one polynomial for the
/// whole half-line: M. M. Shepherd and J. G. Laframboise, Chebyshev approximation of (1 + 2x)exp(x²)erfc x in 0 ≤ x &lt; ∞,
/// Mathematics of Computation 36, 1981.</para>
/// <para>Square, exponential, quotient and each polynomial's first steps are carried in two doubles.</para>
/// </remarks>
internal static class ErrorIntegral
{
    private const double _border = 0.75;

    // erf a of a from 0 to 0.75.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair<V> Small<V>(V a)
        where V : struct, ILanes<V>
    {
        var z = Pair<V>.Product(a, a);
        var x = z.High;
        var w = x * x;
        var odd = Lanes.Step(V.Of(7.420130126131617e-11), w, 1.478365393786114e-08);
        var even = Lanes.Step(V.Of(-1.2007134812344127e-09), w, -1.6364594157391539e-07);
        odd = Lanes.Step(odd, w, 1.6462070293796427e-06);
        even = Lanes.Step(even, w, -1.4925649319697897e-05);
        odd = Lanes.Step(odd, w, 0.0001205533296564953);
        even = Lanes.Step(even, w, -0.00085483270232917);
        odd = Lanes.Step(odd, w, 0.005223977625441262);
        even = Lanes.Step(even, w, -0.026866170645131224);
        odd = Lanes.Step(odd, w, 0.11283791670955126);
        var rest = x * V.Fma(even, x, odd);

        var first = Pair<V>.Ordered(V.Of(-0.37612638903183754), rest);
        var second = z * first;
        var sum = Pair<V>.Ordered(V.Of(1.1283791670955126), second.High);
        return (new Pair<V>(sum.High, sum.Low + (second.Low + V.Of(1.533545961316588e-17))) * a).Normalised();
    }

    // erfc a of a from 0.75 to 28 as 2ⁿ times a pair.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Pair<V> Significand, V Exponent) Tail<V>(V a)
        where V : struct, ILanes<V>
    {
        var square = Pair<V>.Product(a, a);
        var (e, n) = Exponential.Of(new Pair<V>(Lanes.Negate(square.High), Lanes.Negate(square.Low)));
        var t = (Pair<V>.Sum(a, V.Of(-3)) / Pair<V>.Sum(a, V.Of(3))).Rounded;
        var w = t * t;
        var odd = Lanes.Step(V.Of(4.453649771422094e-09), w, -1.958759042048144e-08);
        var even = Lanes.Step(V.Of(-1.0820501025073111e-08), w, 4.9640750231203507e-08);
        odd = Lanes.Step(odd, w, 1.0654098989170206e-07);
        even = Lanes.Step(even, w, -1.5060431796555028e-07);
        odd = Lanes.Step(odd, w, -6.184831806437454e-07);
        even = Lanes.Step(even, w, 3.627171796558726e-07);
        odd = Lanes.Step(odd, w, 3.472820966692057e-06);
        even = Lanes.Step(even, w, -7.339980552489452e-07);
        odd = Lanes.Step(odd, w, -2.010062828029369e-05);
        even = Lanes.Step(even, w, 4.950193318400896e-06);
        odd = Lanes.Step(odd, w, 0.00012509936488288334);
        even = Lanes.Step(even, w, -0.00010515993384985816);
        odd = Lanes.Step(odd, w, -0.0007798322756266139);
        even = Lanes.Step(even, w, 0.0018886903751419895);
        odd = Lanes.Step(odd, w, 0.0025293918166816704);
        even = Lanes.Step(even, w, -0.02377051491973148);
        odd = Lanes.Step(odd, w, 0.06830802734392498);
        even = Lanes.Step(even, w, -0.11927366341527233);
        odd = Lanes.Step(odd, w, 0.12964515870276258);
        even = Lanes.Step(even, w, -0.047562294353451204);

        var linear = Pair<V>.Sum(V.Of(-0.1356211061245812), t * V.Fma(odd, t, even));
        var product = linear * t;
        var sum = Pair<V>.Ordered(V.Of(1.2530080582697296), product.High);
        var p = new Pair<V>(sum.High, sum.Low + (product.Low + V.Of(4.530079150053511e-17)));
        return (e * p / Pair<V>.Sum(a + a, V.Of(1)), n);
    }

    /// <summary>erf x.</summary>
    internal readonly struct Erf : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V>
        {
            var a = Lanes.Clamp(Lanes.Abs(x), 0, 6);
            var small = Small(V.Select(V.Less(a, V.Of(_border)), a, V.Of(_border)));
            var (tail, n) = Tail(V.Select(V.Less(a, V.Of(_border)), V.Of(_border), a));
            var one = Pair<V>.Ordered(V.Of(1), Lanes.Negate(Lanes.Scale(tail.High, n)));
            var y = one.High + (one.Low - Lanes.Scale(tail.Low, n));

            // erf x = 2x/√π to the last place: scaled, so that a subnormal x keeps its bits up to one rounding.
            var tiny = V.Fma(a, V.Of(1.1283791670955126), a * V.Of(1.533545961316588e-17));
            y = V.Select(V.Less(a, V.Of(_border)), V.Select(V.Less(a, V.Of(1e-150)), tiny, small.Rounded), y);
            return Lanes.OneNaN(y | Lanes.Sign(x));
        }
    }

    /// <summary>erfc x = 1 − erf x.</summary>
    internal readonly struct Erfc : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V>
        {
            var a = Lanes.Clamp(Lanes.Abs(x), 0, 27.5);
            var isSmall = V.Less(a, V.Of(_border));
            var small = Small(V.Select(isSmall, a, V.Of(_border)));
            var (tail, n) = Tail(V.Select(isSmall, V.Of(_border), a));
            var sign = Lanes.Sign(x);
            var near = Pair<V>.Ordered(V.Of(1), Lanes.Negate(small.High ^ sign));
            var two = Pair<V>.Ordered(V.Of(2), Lanes.Negate(Lanes.Scale(tail.High, n)));
            var far = V.Select(
                V.Less(x, V.Of(0)), two.High + (two.Low - Lanes.Scale(tail.Low, n)), Lanes.Scale(tail.Rounded, n));
            return Lanes.OneNaN(V.Select(isSmall, near.High + (near.Low - (small.Low ^ sign)), far));
        }
    }
}
