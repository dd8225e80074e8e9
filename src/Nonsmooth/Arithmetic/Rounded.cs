using System.Runtime.CompilerServices;
using Nonsmooth.Mathematics;

namespace Nonsmooth.Arithmetic;

/// <summary>A number of the format <typeparamref name="TFormat"/>: every operation is rounded to it.</summary>
/// <typeparam name="TFormat">The format.</typeparam>
/// <remarks>
/// + − × ÷ √ are correctly rounded. The transcendental functions are <see cref="Transcendental"/>'s in double precision, rounded:
/// correct but for the rare result within 2⁻⁵³ of a midpoint, and in <see cref="Float64"/> within one unit in the last place. They have
/// the same bits on every machine. The square root's inverse rounds twice in <see cref="Float64"/>.
/// </remarks>
public readonly struct Rounded<TFormat> : INumeric<Rounded<TFormat>>
    where TFormat : struct, IFormat
{
    private readonly double _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Rounded(double exact) => _value = TFormat.Round(exact);

    /// <inheritdoc/>
    public static string Format => TFormat.Name;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rounded<TFormat> FromDouble(double value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble(Rounded<TFormat> value) => value._value;

    /// <inheritdoc/>
    public static Rounded<TFormat> operator +(Rounded<TFormat> left, Rounded<TFormat> right) => new(left._value + right._value);

    /// <inheritdoc/>
    public static Rounded<TFormat> operator -(Rounded<TFormat> left, Rounded<TFormat> right) => new(left._value - right._value);

    /// <inheritdoc/>
    public static Rounded<TFormat> operator *(Rounded<TFormat> left, Rounded<TFormat> right) => new(left._value * right._value);

    /// <inheritdoc/>
    public static Rounded<TFormat> operator /(Rounded<TFormat> left, Rounded<TFormat> right) => new(left._value / right._value);

    /// <inheritdoc/>
    public static Rounded<TFormat> operator -(Rounded<TFormat> value) => new(-value._value);

    /// <inheritdoc/>
    public static Rounded<TFormat> Max(Rounded<TFormat> left, Rounded<TFormat> right) =>
        left._value > right._value || double.IsNaN(left._value) ? left : right;

    /// <inheritdoc/>
    public static Rounded<TFormat> Min(Rounded<TFormat> left, Rounded<TFormat> right) =>
        left._value < right._value || double.IsNaN(left._value) ? left : right;

    /// <inheritdoc/>
    public static Rounded<TFormat> Abs(Rounded<TFormat> value) => new(Math.Abs(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Inverse(Rounded<TFormat> value) => new(1 / value._value);

    /// <inheritdoc/>
    public static Rounded<TFormat> Exp(Rounded<TFormat> value) => new(Transcendental.Exp(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> ExpM1(Rounded<TFormat> value) => new(Transcendental.ExpM1(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Log(Rounded<TFormat> value) => new(Transcendental.Log(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> LogP1(Rounded<TFormat> value) => new(Transcendental.LogP1(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Sqrt(Rounded<TFormat> value) => new(Math.Sqrt(value._value));

    /// <inheritdoc/>
    public static (Rounded<TFormat> Root, Rounded<TFormat> Inverse) SqrtAndInverse(Rounded<TFormat> value) =>
        (Sqrt(value), Rsqrt(value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Rsqrt(Rounded<TFormat> value) => new(1 / Math.Sqrt(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Tanh(Rounded<TFormat> value) => new(Transcendental.Tanh(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Sigmoid(Rounded<TFormat> value) => new(Transcendental.Sigmoid(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Sin(Rounded<TFormat> value) => new(Transcendental.Sin(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Cos(Rounded<TFormat> value) => new(Transcendental.Cos(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Atan(Rounded<TFormat> value) => new(Transcendental.Atan(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Erf(Rounded<TFormat> value) => new(Transcendental.Erf(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Erfc(Rounded<TFormat> value) => new(Transcendental.Erfc(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Pow(Rounded<TFormat> value, Rounded<TFormat> exponent) =>
        new(Transcendental.Pow(value._value, exponent._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Floor(Rounded<TFormat> value) => new(Math.Floor(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Round(Rounded<TFormat> value) => new(Math.Round(value._value, MidpointRounding.ToEven));

    /// <inheritdoc/>
    public static Rounded<TFormat> Branch(
        Rounded<TFormat> value, double threshold, Rounded<TFormat> below, Rounded<TFormat> at, Rounded<TFormat> above)
    {
        // The threshold is a constant of the program: it exists in the format, rounded.
        double bound = Bound(threshold);
        return value._value < bound ? below : value._value == bound ? at : above;
    }

    /// <inheritdoc/>
    public static Rounded<TFormat> Slope(Rounded<TFormat> value, in Pieces pieces) =>
        new((pieces with { First = Bound(pieces.First), Second = Bound(pieces.Second) }).At(value._value));

    /// <inheritdoc/>
    public static Rounded<TFormat> Greater(Rounded<TFormat> left, Rounded<TFormat> right, double tie) =>
        new(left._value == right._value ? tie
            : left._value > right._value || double.IsNaN(left._value) ? 1 : 0);

    private static double Bound(double threshold) => double.IsInfinity(threshold) ? threshold : TFormat.Round(threshold);

    /// <summary>The shortest decimal that is this number, in the invariant culture.</summary>
    public override string ToString() => _value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
