using Nonsmooth.Mathematics;

namespace Nonsmooth.Arithmetic;

/// <summary>Some doubles side by side: a rule run on it is a loop's body, with the bits of <see cref="Rounded{TFormat}"/> of <see cref="Float64"/> in every lane.</summary>
/// <typeparam name="V">The lanes.</typeparam>
internal readonly struct Lanewise<V>(V value) : IScalar<Lanewise<V>>
    where V : struct, ILanes<V>
{
    public readonly V Value = value;

    public static Lanewise<V> FromDouble(double value) => new(V.Of(value));

    public static Lanewise<V> operator +(Lanewise<V> left, Lanewise<V> right) => new(left.Value + right.Value);

    public static Lanewise<V> operator -(Lanewise<V> left, Lanewise<V> right) => new(left.Value - right.Value);

    public static Lanewise<V> operator *(Lanewise<V> left, Lanewise<V> right) => new(left.Value * right.Value);

    public static Lanewise<V> operator /(Lanewise<V> left, Lanewise<V> right) => new(left.Value / right.Value);

    public static Lanewise<V> operator -(Lanewise<V> value) => new(Lanes.Negate(value.Value));

    public static Lanewise<V> Max(Lanewise<V> left, Lanewise<V> right) =>
        new(V.Select(V.Less(right.Value, left.Value) | NaN(left.Value), left.Value, right.Value));

    public static Lanewise<V> Min(Lanewise<V> left, Lanewise<V> right) =>
        new(V.Select(V.Less(left.Value, right.Value) | NaN(left.Value), left.Value, right.Value));

    public static Lanewise<V> Abs(Lanewise<V> value) => new(Lanes.Abs(value.Value));

    public static Lanewise<V> Inverse(Lanewise<V> value) => new(V.Of(1) / value.Value);

    public static Lanewise<V> Exp(Lanewise<V> value) => Of<Exponential.Exp>(value);

    public static Lanewise<V> ExpM1(Lanewise<V> value) => Of<Exponential.ExpM1>(value);

    public static Lanewise<V> Log(Lanewise<V> value) => Of<Logarithm.Log>(value);

    public static Lanewise<V> LogP1(Lanewise<V> value) => Of<Logarithm.LogP1>(value);

    public static Lanewise<V> Sqrt(Lanewise<V> value) => new(V.Sqrt(value.Value));

    public static (Lanewise<V> Root, Lanewise<V> Inverse) SqrtAndInverse(Lanewise<V> value) => (Sqrt(value), Rsqrt(value));

    public static Lanewise<V> Rsqrt(Lanewise<V> value) => Inverse(Sqrt(value));

    public static Lanewise<V> Tanh(Lanewise<V> value) => Of<Hyperbolic.Tanh>(value);

    public static Lanewise<V> Sigmoid(Lanewise<V> value) => Of<Hyperbolic.Sigmoid>(value);

    public static Lanewise<V> Sin(Lanewise<V> value) => Of<Trigonometric.Sin>(value);

    public static Lanewise<V> Cos(Lanewise<V> value) => Of<Trigonometric.Cos>(value);

    public static Lanewise<V> Atan(Lanewise<V> value) => Of<Trigonometric.Atan>(value);

    public static Lanewise<V> Erf(Lanewise<V> value) => Of<ErrorIntegral.Erf>(value);

    public static Lanewise<V> Erfc(Lanewise<V> value) => Of<ErrorIntegral.Erfc>(value);

    public static Lanewise<V> Pow(Lanewise<V> value, Lanewise<V> exponent) => new(PowerLoop.Of(value.Value, exponent.Value));

    public static Lanewise<V> Floor(Lanewise<V> value) => new(V.Floor(value.Value));

    public static Lanewise<V> Round(Lanewise<V> value) => new(V.Round(value.Value));

    public static Lanewise<V> Branch(Lanewise<V> value, double threshold, Lanewise<V> below, Lanewise<V> at, Lanewise<V> above)
    {
        var rest = V.Select(V.Equal(value.Value, V.Of(threshold)), at.Value, above.Value);
        return new(V.Select(V.Less(value.Value, V.Of(threshold)), below.Value, rest));
    }

    public static Lanewise<V> Slope(Lanewise<V> value, in Pieces pieces)
    {
        var upper = pieces.HasSecond
            ? Branch(value, pieces.Second, FromDouble(pieces.Between), FromDouble(pieces.AtSecond), FromDouble(pieces.Above))
            : FromDouble(pieces.Between);
        return Branch(value, pieces.First, FromDouble(pieces.Below), FromDouble(pieces.AtFirst), upper);
    }

    public static Lanewise<V> Greater(Lanewise<V> left, Lanewise<V> right, double tie)
    {
        var one = V.Of(1) & (V.Less(right.Value, left.Value) | NaN(left.Value));
        return new(V.Select(V.Equal(left.Value, right.Value), V.Of(tie), one));
    }

    private static V NaN(V value) => V.Equal(value, value) ^ V.OfBits(ulong.MaxValue);

    private static Lanewise<V> Of<TFunction>(Lanewise<V> value)
        where TFunction : struct, ILaneFunction => new(LaneLoop.Of<TFunction, V>(value.Value));
}
