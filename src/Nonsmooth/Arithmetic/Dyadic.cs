using System.Globalization;
using System.Numerics;

namespace Nonsmooth.Arithmetic;

/// <summary>m·2ᵉ with an m of any length, and a bound on its error: + − × are exact, so what cancels over the reals is 0.</summary>
/// <remarks>
/// Other operations are those of <see cref="Bounded"/>, on the number rounded to a double, and leave an error. A number is
/// certainly not 0 where it is larger than its error, and 0 (for the doubles that it was made from) where m is; in between nothing can be said. What is not finite is kept as a
/// double. Products of many doubles grow by 53 bits each; beyond 2¹⁵ bits m is cut and the error says so.
/// </remarks>
internal readonly struct Dyadic : INumeric<Dyadic>
{
    private const int _longest = 1 << 15;

    // The mantissa is the short one, unless the long one is not 0.
    private readonly long _short;
    private readonly BigInteger _long;
    private readonly int _exponent;
    private readonly double _odd;

    private Dyadic(long mantissa, int exponent, double error, double odd = 0) =>
        (_short, _exponent, Error, _odd) = (mantissa, exponent, error, odd);

    private Dyadic(BigInteger mantissa, int exponent, double error)
    {
        bool isShort = mantissa.GetBitLength() < 63;
        (_short, _long, _exponent, Error) = (isShort ? (long)mantissa : 0, isShort ? default : mantissa, exponent, error);
    }

    public static string Format => "dyadic";

    /// <summary>How far the number may be off; 0 where it is exact.</summary>
    public double Error { get; }

    public bool IsFinite => _odd == 0;

    /// <summary>−1, 0 or 1 of the number itself, whatever its error; 0 for NaN.</summary>
    public int Sign => !IsFinite ? (double.IsNaN(_odd) ? 0 : Math.Sign(_odd)) : IsShort ? Math.Sign(_short) : _long.Sign;

    /// <summary>Whether the error cannot change the sign: it is 0 exactly, or beyond its error.</summary>
    public bool IsTold => IsFinite && (Error == 0 || Math.Abs(ToDouble(this)) > Error);

    private bool IsShort => _long.IsZero;

    private bool IsZeroMantissa => _short == 0 && _long.IsZero;

    private BigInteger Mantissa => IsShort ? _short : _long;

    public static Dyadic FromDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            return new(0L, 0, 0, value);
        }

        if (value == 0)
        {
            return default;
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        (mantissa, exponent) = exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);
        int zeros = BitOperations.TrailingZeroCount(mantissa);
        mantissa >>= zeros;
        return new(bits < 0 ? -mantissa : mantissa, exponent + zeros, 0);
    }

    public static Dyadic Of(BigInteger mantissa, int exponent) => Cut(mantissa, exponent, 0);

    public static Dyadic Of(Bounded value) => FromDouble(value.Value).Plus(value.Error);

    /// <summary>The number with some error more.</summary>
    public Dyadic Plus(double error) => error == 0 ? this : With(_exponent, Math.BitIncrement(Error + error));

    /// <summary>The exponent of the bit above the first: the number's size as a power of two. Not of 0.</summary>
    public int FirstBit => _exponent + (IsShort ? 64 - BitOperations.LeadingZeroCount((ulong)Math.Abs(_short)) : (int)BigInteger.Abs(_long).GetBitLength());

    /// <summary>The number times a power of two.</summary>
    public Dyadic Shifted(int exponent) => With(IsZeroMantissa ? 0 : _exponent + exponent, Math.ScaleB(Error, exponent));

    /// <summary>The number without its error.</summary>
    public Dyadic Exactly => With(_exponent, 0);

    /// <summary>The mantissa at an exponent that is not above the number's own: an integer.</summary>
    public BigInteger At(int exponent) => Mantissa << (_exponent - exponent);

    /// <summary>The exponent of the last bit; int.MaxValue for 0.</summary>
    public int LastBit => IsZeroMantissa ? int.MaxValue : _exponent;

    /// <summary>The nearest double (of the absolute value, rounded down in the last bit or two at most).</summary>
    public static double ToDouble(Dyadic value)
    {
        if (!value.IsFinite)
        {
            return value._odd;
        }

        if (value.IsShort)
        {
            return Math.ScaleB(value._short, value._exponent);
        }

        int cut = (int)value._long.GetBitLength() - 64;
        return cut <= 0
            ? Math.ScaleB((double)value._long, value._exponent)
            : Math.ScaleB((double)(value._long >> cut), value._exponent + cut);
    }

    public static (double Left, double Right) Ordered(Dyadic left, Dyadic right) =>
        left.IsFinite && right.IsFinite ? (Compare(left, right), 0) : (ToDouble(left), ToDouble(right));

    public static bool IsNaN(Dyadic value) => double.IsNaN(value._odd);

    public static bool IsZero(Dyadic value) => value.IsFinite && value.Sign == 0;

    public static Dyadic Weighted(double weight, Dyadic value) => FromDouble(weight) * value;

    public static Dyadic operator +(Dyadic left, Dyadic right)
    {
        double error = left.Error == 0 ? right.Error : right.Error == 0 ? left.Error : Math.BitIncrement(left.Error + right.Error);
        if (!left.IsFinite || !right.IsFinite)
        {
            return Odd(ToDouble(left) + ToDouble(right), error);
        }

        if (left.IsZeroMantissa)
        {
            return right.With(right._exponent, error);
        }

        if (right.IsZeroMantissa)
        {
            return left.With(left._exponent, error);
        }

        int exponent = Math.Min(left._exponent, right._exponent);
        if (left.IsShort && right.IsShort && left._exponent - exponent < 63 && right._exponent - exponent < 63)
        {
            return Of(((Int128)left._short << (left._exponent - exponent)) + ((Int128)right._short << (right._exponent - exponent)), exponent, error);
        }

        return Cut(left.At(exponent) + right.At(exponent), exponent, error);
    }

    public static Dyadic operator -(Dyadic left, Dyadic right) => left + -right;

    public static Dyadic operator *(Dyadic left, Dyadic right)
    {
        if (!left.IsFinite || !right.IsFinite)
        {
            return Odd(ToDouble(left) * ToDouble(right), left.Error + right.Error);
        }

        double error = left.Error == 0 && right.Error == 0 ? 0
            : Math.BitIncrement(((Math.Abs(ToDouble(left)) * right.Error) + (Math.Abs(ToDouble(right)) * left.Error) + (left.Error * right.Error)) * (1 + 1e-14));
        return left.IsZeroMantissa || right.IsZeroMantissa ? new(0L, 0, error)
            : left.IsShort && right.IsShort ? Of((Int128)left._short * right._short, left._exponent + right._exponent, error)
            : Cut(left.Mantissa * right.Mantissa, left._exponent + right._exponent, error);
    }

    public static Dyadic operator /(Dyadic left, Dyadic right) =>
        right.IsFinite && right.Error == 0 && right.Mantissa.IsPowerOfTwo && left.IsFinite
            ? left.Shifted(1 - right.FirstBit)
            : Of(Round(left, right, static (a, b) => a / b));

    public static Dyadic operator -(Dyadic value) => value.IsShort
        ? new(-value._short, value._exponent, value.Error, -value._odd)
        : new(-value._long, value._exponent, value.Error);

    public static Dyadic Max(Dyadic left, Dyadic right) => Compare(left, right) > 0 || double.IsNaN(left._odd) ? left : right;

    public static Dyadic Min(Dyadic left, Dyadic right) => Compare(left, right) < 0 || double.IsNaN(left._odd) ? left : right;

    public static Dyadic Abs(Dyadic value) => value.Sign < 0 ? -value : value;

    public static Dyadic Inverse(Dyadic value) => FromDouble(1) / value;

    public static Dyadic Exp(Dyadic value) => Of(Bounded.Exp(Rounded(value)));

    public static Dyadic ExpM1(Dyadic value) => Of(Bounded.ExpM1(Rounded(value)));

    public static Dyadic Log(Dyadic value) => Of(Bounded.Log(Rounded(value)));

    public static Dyadic LogP1(Dyadic value) => Of(Bounded.LogP1(Rounded(value)));

    public static Dyadic Sqrt(Dyadic value) => Of(Bounded.Sqrt(Rounded(value)));

    public static (Dyadic Root, Dyadic Inverse) SqrtAndInverse(Dyadic value) => (Sqrt(value), Rsqrt(value));

    public static Dyadic Rsqrt(Dyadic value) => Of(Bounded.Rsqrt(Rounded(value)));

    public static Dyadic Tanh(Dyadic value) => Of(Bounded.Tanh(Rounded(value)));

    public static Dyadic Sigmoid(Dyadic value) => Of(Bounded.Sigmoid(Rounded(value)));

    public static Dyadic Sin(Dyadic value) => Of(Bounded.Sin(Rounded(value)));

    public static Dyadic Cos(Dyadic value) => Of(Bounded.Cos(Rounded(value)));

    public static Dyadic Atan(Dyadic value) => Of(Bounded.Atan(Rounded(value)));

    public static Dyadic Erf(Dyadic value) => Of(Bounded.Erf(Rounded(value)));

    public static Dyadic Erfc(Dyadic value) => Of(Bounded.Erfc(Rounded(value)));

    public static Dyadic Pow(Dyadic value, Dyadic exponent) => Of(Round(value, exponent, Bounded.Pow));

    public static Dyadic Floor(Dyadic value) => Of(Bounded.Floor(Rounded(value)));

    public static Dyadic Round(Dyadic value) => Of(Bounded.Round(Rounded(value)));

    public static Dyadic Branch(Dyadic value, double threshold, Dyadic below, Dyadic at, Dyadic above)
    {
        int side = double.IsNaN(value._odd) ? 1 : Compare(value, FromDouble(threshold));
        return side < 0 ? below : side == 0 ? at : above;
    }

    public static Dyadic Slope(Dyadic value, in Pieces pieces)
    {
        int first = Compare(value, FromDouble(pieces.First));
        int second = pieces.HasSecond ? Compare(value, FromDouble(pieces.Second)) : -1;
        return FromDouble(double.IsNaN(value._odd) ? pieces.Above
            : first < 0 ? pieces.Below
            : first == 0 ? pieces.AtFirst
            : second < 0 ? pieces.Between
            : second == 0 ? pieces.AtSecond : pieces.Above);
    }

    public static Dyadic Greater(Dyadic left, Dyadic right, double tie)
    {
        int side = Compare(left, right);
        return FromDouble(double.IsNaN(left._odd) ? 1 : double.IsNaN(right._odd) ? 0 : side == 0 ? tie : side > 0 ? 1 : 0);
    }

    /// <summary>The sign of the difference of the numbers themselves.</summary>
    public static int Compare(Dyadic left, Dyadic right)
    {
        if (left.IsFinite && right.IsFinite)
        {
            return (left.Exactly - right.Exactly).Sign;
        }

        return ToDouble(left).CompareTo(ToDouble(right));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ToDouble(this):R} ± {Error:0.#e-0}");

    private Dyadic With(int exponent, double error) => IsShort ? new(_short, exponent, error, _odd) : new(_long, exponent, error);

    private static Dyadic Of(Int128 mantissa, int exponent, double error) =>
        (long)mantissa == mantissa && (long)mantissa != long.MinValue ? new((long)mantissa, mantissa == 0 ? 0 : exponent, error) : new((BigInteger)mantissa, exponent, error);

    private static Dyadic Odd(double value, double error) => double.IsFinite(value) ? FromDouble(value).Plus(error) : new(0L, 0, error, value);

    private static Bounded Rounded(Dyadic value)
    {
        double rounded = ToDouble(value);
        double own = value.IsFinite && Compare(value, FromDouble(rounded)) != 0 ? 2 * (Math.BitIncrement(Math.Abs(rounded)) - Math.Abs(rounded)) : 0;
        return new(rounded, own == 0 ? value.Error : Math.BitIncrement(value.Error + own));
    }

    private static Bounded Round(Dyadic left, Dyadic right, Func<Bounded, Bounded, Bounded> function) => function(Rounded(left), Rounded(right));

    private static Dyadic Cut(BigInteger mantissa, int exponent, double error)
    {
        if (mantissa.IsZero)
        {
            return new(0L, 0, error);
        }

        long length = mantissa.GetBitLength();
        if (length <= _longest)
        {
            return new(mantissa, exponent, error);
        }

        int cut = (int)(length - (_longest / 2));
        return new(mantissa >> cut, exponent + cut, Math.BitIncrement(error + Math.ScaleB(1, exponent + cut)));
    }
}
