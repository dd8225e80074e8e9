using System.Numerics;

namespace Nonsmooth.Tests.Arithmetic;

/// <summary>An exact fraction: the truth that rounded arithmetic is compared with.</summary>
internal readonly struct Rational : IComparable<Rational>
{
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsPowerOfTwo)
        {
            // Most are: shifts are far cheaper than Euclid.
            int exponent = (int)denominator.GetBitLength() - 1;
            int twos = numerator.IsZero ? exponent : (int)BigInteger.Min(exponent, BigInteger.TrailingZeroCount(numerator));
            (_numerator, _denominator) = (numerator >> twos, denominator >> twos);
            return;
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (_numerator, _denominator) = (numerator / divisor, denominator / divisor);
    }

    public BigInteger Numerator => _numerator;

    public int Sign => _numerator.Sign;

    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    public static implicit operator Rational(int value) => new(value, 1);

    /// <summary>A finite double, exactly.</summary>
    public static implicit operator Rational(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"{value} is no fraction");
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & 0xFFFFFFFFFFFFF;
        BigInteger mantissa = exponent == 0 ? fraction : fraction | (1L << 52);
        int shift = Math.Max(exponent, 1) - 1075;
        mantissa = bits < 0 ? -mantissa : mantissa;
        return shift >= 0 ? new(mantissa << shift, 1) : new(mantissa, BigInteger.One << -shift);
    }

    public static Rational operator +(Rational a, Rational b) =>
        new((a._numerator * b.Denominator) + (b._numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator -(Rational a) => new(-a._numerator, a.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a._numerator * b._numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => new(a._numerator * b.Denominator, a.Denominator * b._numerator);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public static Rational Abs(Rational a) => new(BigInteger.Abs(a._numerator), a.Denominator);

    public static Rational Max(Rational a, Rational b) => a > b ? a : b;

    public static Rational Min(Rational a, Rational b) => a < b ? a : b;

    /// <summary>The fraction with denominator 2^<paramref name="bits"/> below.</summary>
    public Rational Shortened(int bits) => new(FloorOf((_numerator << bits, Denominator)), BigInteger.One << bits);

    public BigInteger Floor() => FloorOf((_numerator, Denominator));

    /// <summary>A double near, for messages and sizes.</summary>
    public double Near()
    {
        if (Sign == 0)
        {
            return 0;
        }

        int shift = (int)(BigInteger.Abs(_numerator).GetBitLength() - Denominator.GetBitLength()) - 62;
        var scaled = shift > 0 ? _numerator / (Denominator << shift) : (_numerator << -shift) / Denominator;
        return Math.ScaleB((double)scaled, shift);
    }

    public int CompareTo(Rational other) => (_numerator * other.Denominator).CompareTo(other._numerator * Denominator);

    public override string ToString() => $"{_numerator}/{Denominator}";

    private static BigInteger FloorOf((BigInteger Numerator, BigInteger Denominator) f)
    {
        var quotient = BigInteger.DivRem(f.Numerator, f.Denominator, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }
}
