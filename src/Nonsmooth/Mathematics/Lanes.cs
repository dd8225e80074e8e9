using System.Runtime.CompilerServices;

namespace Nonsmooth.Mathematics;

/// <summary>What functions do with lanes over and over.</summary>
internal static class Lanes
{
    /// <summary>Added and subtracted, it rounds to the nearest integer, whose two's complement is then in the last bits of the sum.</summary>
    private const double _shifter = 6755399441055744;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Negate<V>(V x)
        where V : struct, ILanes<V> => x ^ V.Of(-0.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign<V>(V x)
        where V : struct, ILanes<V> => x & V.Of(-0.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Abs<V>(V x)
        where V : struct, ILanes<V> => x & V.OfBits(long.MaxValue);

    /// <summary>The nearest integer, ties to even, of |x| below 2⁵¹.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Round<V>(V x)
        where V : struct, ILanes<V> => (x + V.Of(_shifter)) - V.Of(_shifter);

    /// <summary>The last bits of an integer, as bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Bits<V>(V integer)
        where V : struct, ILanes<V> => integer + V.Of(_shifter);

    /// <summary>x within bounds; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Clamp<V>(V x, double low, double high)
        where V : struct, ILanes<V>
    {
        x = V.Select(V.Less(x, V.Of(low)), V.Of(low), x);
        return V.Select(V.Less(V.Of(high), x), V.Of(high), x);
    }

    /// <summary>2ⁿ of an integer from −1022 to 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Power<V>(V n)
        where V : struct, ILanes<V> => V.AddBits(V.ShiftLeft(Bits(n), 52), V.Of(1));

    /// <summary>x·2ⁿ of an n from −2044 to 2046, in two steps: the last rounds where the result is subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scale<V>(V x, V n)
        where V : struct, ILanes<V>
    {
        var half = Round(n * V.Of(0.5));
        return x * Power(half) * Power(n - half);
    }

    /// <summary>NaN has one form, so that its bits do not depend on the instructions that made it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OneNaN<V>(V x)
        where V : struct, ILanes<V> => V.Select(V.Equal(x, x), x, V.Of(double.NaN));

    /// <summary>p·x + c: a step of Horner's rule.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Step<V>(V p, V x, double c)
        where V : struct, ILanes<V> => V.Fma(p, x, V.Of(c));
}
