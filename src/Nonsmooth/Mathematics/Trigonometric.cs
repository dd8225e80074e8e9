using System.Runtime.CompilerServices;

namespace Nonsmooth.Mathematics;

/// <summary>Sine, cosine and tangent over the remainder of x by π/2.</summary>
/// <remarks>
/// Below 2²⁰·π/2 Cody and Waite's reduction with π/2 in four parts, of which three have 33 bits, so that their products with the
/// quotient are exact. Beyond, the remainder is found in integers (<see cref="HugeArguments"/>), one argument at a time.
/// </remarks>
internal static partial class Trigonometric
{
    private const double _largest = 1647099;
    private const double _inverse = 0.6366197723675814;
    private const double _first = 1.5707963267341256;
    private const double _second = 6.077100506303966e-11;
    private const double _third = 2.0222662487111665e-21;
    private const double _fourth = 8.4784276603689e-32;

    private enum Wave
    {
        Sine,
        Cosine,
        Tangent,
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Pair<V> R, V N) Reduced<V>(V x)
        where V : struct, ILanes<V>
    {
        var n = Lanes.Round(x * V.Of(_inverse));
        var a = V.Fma(n, V.Of(-_first), x);
        var b = Pair<V>.Sum(a, n * V.Of(-_second));
        var c = Pair<V>.Sum(b.High, n * V.Of(-_third));
        var d = Pair<V>.Sum(b.Low, c.Low);
        var e = Pair<V>.Sum(c.High, d.High);
        var low = V.Fma(n, V.Of(-_fourth), e.Low + d.Low);
        return (Pair<V>.Ordered(e.High, low), n);
    }

    // Everything but the first term, to a few units in the last place of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair<V> Sine<V>(Pair<V> r, V z)
        where V : struct, ILanes<V>
    {
        var p = Lanes.Step(V.Of(-7.59530151045878e-13), z, 1.6058684257438782e-10);
        p = Lanes.Step(p, z, -2.50521072356932e-08);
        p = Lanes.Step(p, z, 2.7557319222323764e-06);
        p = Lanes.Step(p, z, -0.00019841269841268963);
        p = Lanes.Step(p, z, 0.008333333333333333);
        p = Lanes.Step(p, z, -0.16666666666666666);
        var slope = V.Fma(V.Of(-0.5), z, V.Of(1));
        return Pair<V>.Ordered(r.High, V.Fma(r.High * z, p, r.Low * slope));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair<V> Cosine<V>(Pair<V> r, Pair<V> square)
        where V : struct, ILanes<V>
    {
        var z = square.High;
        var p = Lanes.Step(V.Of(4.750655247697095e-14), z, -1.1470545741980974e-11);
        p = Lanes.Step(p, z, 2.0876756348800167e-09);
        p = Lanes.Step(p, z, -2.7557319223062003e-07);
        p = Lanes.Step(p, z, 2.4801587301586814e-05);
        p = Lanes.Step(p, z, -0.001388888888888889);
        p = Lanes.Step(p, z, 0.041666666666666664);
        var first = Pair<V>.Ordered(V.Of(1), V.Of(-0.5) * z);
        var rest = V.Fma(V.Of(-0.5), square.Low, Lanes.Negate(r.High * r.Low));
        return new(first.High, first.Low + V.Fma(z * z, p, rest));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Of<V>(Pair<V> r, V n, Wave wave)
        where V : struct, ILanes<V>
    {
        var square = Pair<V>.Product(r.High, r.High);
        var sine = Sine(r, square.High);
        var cosine = Cosine(r, square);
        var bits = Lanes.Bits(wave == Wave.Cosine ? n + V.Of(1) : n);
        if (wave == Wave.Tangent)
        {
            var odd = V.Less(V.ShiftLeft(bits, 63) | V.Of(1), V.Of(0));
            cosine = cosine.Normalised();
            var above = new Pair<V>(V.Select(odd, cosine.High, sine.High), V.Select(odd, cosine.Low, sine.Low));
            var below = new Pair<V>(V.Select(odd, sine.High, cosine.High), V.Select(odd, sine.Low, cosine.Low));
            return (above / below).Rounded ^ (odd & V.Of(-0.0));
        }

        return Turned(sine.Rounded, cosine.Rounded, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V At<V>(V x, Wave wave)
        where V : struct, ILanes<V>
    {
        var (r, n) = Reduced(x);
        var y = Of(r, n, wave);
        return Lanes.OneNaN(wave == Wave.Cosine ? y : V.Select(V.Less(Lanes.Abs(x), V.Of(1e-9)), x, y));
    }

    /// <summary>Sine and cosine, with the bits of each alone: what they share is found once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V Sine, V Cosine) Both<V>(V x)
        where V : struct, ILanes<V>
    {
        var (r, n) = Reduced(x);
        var square = Pair<V>.Product(r.High, r.High);
        var (sine, cosine) = (Sine(r, square.High).Rounded, Cosine(r, square).Rounded);
        var tiny = V.Less(Lanes.Abs(x), V.Of(1e-9));
        var first = Lanes.OneNaN(V.Select(tiny, x, Turned(sine, cosine, Lanes.Bits(n))));
        var second = Lanes.OneNaN(Turned(sine, cosine, Lanes.Bits(n + V.Of(1))));
        return V.Any(IsHuge(x)) ? (Mended(x, first, Wave.Sine), Mended(x, second, Wave.Cosine)) : (first, second);
    }

    // The wave after so many quarters, in the lowest bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Turned<V>(V sine, V cosine, V bits)
        where V : struct, ILanes<V>
    {
        var odd = V.Less(V.ShiftLeft(bits, 63) | V.Of(1), V.Of(0));
        return V.Select(odd, cosine, sine) ^ V.ShiftLeft(V.ShiftRight(bits, 1), 63);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Mended<V>(V x, V y, Wave wave)
        where V : struct, ILanes<V>
    {
        Span<double> lanes = stackalloc double[V.Count];
        V.Store(y, ref lanes[0]);
        for (int lane = 0; lane < V.Count; lane++)
        {
            lanes[lane] = Math.Abs(x[lane]) < _largest ? lanes[lane] : AtHuge(x[lane], wave);
        }

        return V.Load(ref lanes[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V IsHuge<V>(V x)
        where V : struct, ILanes<V> => V.Less(Lanes.Abs(x), V.Of(_largest)) ^ V.OfBits(ulong.MaxValue);

    private static double AtHuge(double x, Wave wave)
    {
        if (!double.IsFinite(x))
        {
            return double.NaN;
        }

        var (high, low, quadrant) = HugeArguments.Remainder(x);
        return Of(new Pair<Lanes128>(Lanes128.Of(high), Lanes128.Of(low)), Lanes128.Of(quadrant), wave)[0];
    }

    /// <summary>sin x.</summary>
    internal readonly struct Sin : ILaneFunction
    {
        public static bool HasRare => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V> => Trigonometric.At(x, Wave.Sine);

        public static V IsRare<V>(V x)
            where V : struct, ILanes<V> => IsHuge(x);

        public static double AtRare(double x) => AtHuge(x, Wave.Sine);
    }

    /// <summary>cos x.</summary>
    internal readonly struct Cos : ILaneFunction
    {
        public static bool HasRare => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V> => Trigonometric.At(x, Wave.Cosine);

        public static V IsRare<V>(V x)
            where V : struct, ILanes<V> => IsHuge(x);

        public static double AtRare(double x) => AtHuge(x, Wave.Cosine);
    }

    /// <summary>tan x.</summary>
    internal readonly struct Tan : ILaneFunction
    {
        public static bool HasRare => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<V>(V x)
            where V : struct, ILanes<V> => Trigonometric.At(x, Wave.Tangent);

        public static V IsRare<V>(V x)
            where V : struct, ILanes<V> => IsHuge(x);

        public static double AtRare(double x) => AtHuge(x, Wave.Tangent);
    }
}
