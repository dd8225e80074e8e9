using System.Runtime.CompilerServices;

namespace Nonsmooth.Mathematics;

/// <summary>Quotients of exponentials, in two doubles up to the last rounding.</summary>
internal static class Hyperbolic
{
    /// <summary>(e²ᵃ − 1)/(e²ᵃ + 1) of a = |x|, with the sign of x.</summary>
    internal readonly struct Tanh : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V>
        {
            var a = Lanes.Clamp(Lanes.Abs(x), 0, 22);
            var less = Exponential.MinusOne(a + a).Normalised();
            var more = Pair<V>.Sum(less.High, V.Of(2));
            var y = (less / new Pair<V>(more.High, more.Low + less.Low)).Rounded;

            // tanh x = x to the last place: a subnormal x would lose bits in a quotient.
            y = V.Select(V.Less(a, V.Of(1e-9)), a, y);
            return Lanes.OneNaN(y | Lanes.Sign(x));
        }
    }

    /// <summary>1/(1 + e⁻ˣ): over e^(−|x|), which cannot overflow.</summary>
    internal readonly struct Sigmoid : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V>
        {
            var negative = V.Less(x, V.Of(0));
            var (power, n) = Exponential.Of(Lanes.Clamp(Lanes.Negate(Lanes.Abs(x)), -746, 0));
            var e = power.Normalised();
            var one = Pair<V>.Ordered(V.Of(1), Lanes.Scale(e.High, n));
            var below = new Pair<V>(one.High, one.Low + Lanes.Scale(e.Low, n));
            var above = new Pair<V>(V.Select(negative, e.High, V.Of(1)), V.Select(negative, e.Low, V.Of(0)));
            return Lanes.OneNaN(Lanes.Scale((above / below).Rounded, V.Select(negative, n, V.Of(0))));
        }
    }
}
