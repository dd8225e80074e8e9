using System.Runtime.CompilerServices;

namespace Nonsmooth.Mathematics;

/// <summary>A number as an unevaluated sum of two doubles, the second far smaller: about 106 bits.</summary>
/// <remarks>
/// The error-free sum is Knuth's (The Art of Computer Programming 2, 4.2.2) and, where the first is the larger, Dekker's (Numerische
/// Mathematik 18, 1971); the error of a product is one fused multiply-add.
/// </remarks>
internal readonly struct Pair<V>(V high, V low)
    where V : struct, ILanes<V>
{
    public readonly V High = high;

    public readonly V Low = low;

    public V Rounded
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => High + Low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Sum(V a, V b)
    {
        var sum = a + b;
        var part = sum - a;
        return new(sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>The sum where |a| ≥ |b| or a is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Ordered(V a, V b)
    {
        var sum = a + b;
        return new(sum, (a - sum) + b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> Product(V a, V b)
    {
        var product = a * b;
        return new(product, V.Fma(a, b, Lanes.Negate(product)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator *(Pair<V> a, Pair<V> b)
    {
        var product = Product(a.High, b.High);
        return new(product.High, V.Fma(a.High, b.Low, V.Fma(a.Low, b.High, product.Low)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator *(Pair<V> a, V b)
    {
        var product = Product(a.High, b);
        return new(product.High, V.Fma(a.Low, b, product.Low));
    }

    /// <summary>The quotient: one division, then the rest over the same inverse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<V> operator /(Pair<V> a, Pair<V> b)
    {
        var inverse = V.Of(1) / b.High;
        var quotient = a.High * inverse;
        var rest = V.Fma(Lanes.Negate(quotient), b.High, a.High);
        rest = V.Fma(Lanes.Negate(quotient), b.Low, rest + a.Low);
        return new(quotient, rest * inverse);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<V> Normalised() => Ordered(High, Low);
}
