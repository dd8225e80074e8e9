using System.Runtime.CompilerServices;

namespace Nonsmooth.Mathematics;

/// <content>The inverse tangent: that of the nearest of 0, ½, 1, 3/2 and ∞, and of the angle between, in two doubles up to the last rounding.</content>
internal static partial class Trigonometric
{
    /// <summary>arctan x.</summary>
    internal readonly struct Atan : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V>
        {
            var a = Lanes.Clamp(Lanes.Abs(x), 0, 1e20);
            var (near, high, low) = (V.Of(0), V.Of(0), V.Of(0));
            Take(ref near, ref high, ref low, V.Less(V.Of(0.4375), a), 0.5, 0.4636476090008061, 2.2698777452961687e-17);
            Take(ref near, ref high, ref low, V.Less(V.Of(0.6875), a), 1, 0.7853981633974483, 3.061616997868383e-17);
            Take(ref near, ref high, ref low, V.Less(V.Of(1.1875), a), 1.5, 0.982793723247329, 1.3903311031230998e-17);
            var far = V.Less(V.Of(2.4375), a);
            Take(ref near, ref high, ref low, far, 0, 1.5707963267948966, 6.123233995736766e-17);

            // The tangent of the angle between: (a − c)/(1 + ca), exact above the line, or −1/a.
            var product = Pair<V>.Product(near, a);
            var sum = Pair<V>.Sum(V.Of(1), product.High);
            var above = new Pair<V>(V.Select(far, V.Of(-1), a - near), V.Of(0));
            var below = new Pair<V>(V.Select(far, a, sum.High), V.Select(far, V.Of(0), sum.Low + product.Low));
            var t = (above / below).Normalised();
            var z = t.High * t.High;
            var p = Lanes.Step(V.Of(0.016285820115365782), z, -0.036531572744216916);
            p = Lanes.Step(p, z, 0.049768779946159324);
            p = Lanes.Step(p, z, -0.058335701337905735);
            p = Lanes.Step(p, z, 0.06661073137387531);
            p = Lanes.Step(p, z, -0.0769187620504483);
            p = Lanes.Step(p, z, 0.09090887133436507);
            p = Lanes.Step(p, z, -0.11111110405462356);
            p = Lanes.Step(p, z, 0.14285714272503466);
            p = Lanes.Step(p, z, -0.19999999999876483);
            p = Lanes.Step(p, z, 0.3333333333333293);
            var angle = Pair<V>.Sum(high, t.High);
            var rest = angle.Low + (V.Fma(Lanes.Negate(z), t.Low, t.Low) + low);
            var y = angle.High + V.Fma(Lanes.Negate(t.High * z), p, rest);

            // arctan x = x to the last place: a subnormal x would lose bits.
            y = V.Select(V.Less(a, V.Of(1e-9)), a, y);
            return Lanes.OneNaN(y | Lanes.Sign(x));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Take<V>(ref V near, ref V high, ref V low, V mask, double c, double angle, double rest)
            where V : struct, ILanes<V>
        {
            near = V.Select(mask, V.Of(c), near);
            high = V.Select(mask, V.Of(angle), high);
            low = V.Select(mask, V.Of(rest), low);
        }
    }
}
