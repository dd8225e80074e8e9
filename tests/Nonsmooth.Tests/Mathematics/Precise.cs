using System.Numerics;

namespace Nonsmooth.Tests.Mathematics;

/// <summary>m·2ᵉ rounded to some 300 bits after every operation: what functions are compared with.</summary>
internal readonly struct Precise
{
    public const int Bits = 300;

    private readonly BigInteger _mantissa;
    private readonly int _exponent;

    private Precise(BigInteger mantissa, int exponent)
    {
        int cut = (int)BigInteger.Abs(mantissa).GetBitLength() - Bits;
        if (cut > 0)
        {
            mantissa = (mantissa + (BigInteger.One << (cut - 1))) >> cut;
            exponent += cut;
        }

        (_mantissa, _exponent) = (mantissa, mantissa.IsZero ? 0 : exponent);
    }

    public bool IsZero => _mantissa.IsZero;

    public int Sign => _mantissa.Sign;

    /// <summary>The exponent of the first bit.</summary>
    public int Size => IsZero ? int.MinValue : _exponent + (int)BigInteger.Abs(_mantissa).GetBitLength() - 1;

    public static implicit operator Precise(double value)
    {
        if (value == 0)
        {
            return default;
        }

        Assert.True(double.IsFinite(value));
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        (mantissa, exponent) = exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);
        return new(bits < 0 ? -mantissa : mantissa, exponent);
    }

    public static Precise operator +(Precise a, Precise b)
    {
        if (a.IsZero || b.IsZero)
        {
            return a.IsZero ? b : a;
        }

        // What lies further apart than twice the precision does not touch.
        if (Math.Abs((long)a.Size - b.Size) > 2 * Bits)
        {
            return a.Size > b.Size ? a : b;
        }

        int exponent = Math.Min(a._exponent, b._exponent);
        return new((a._mantissa << (a._exponent - exponent)) + (b._mantissa << (b._exponent - exponent)), exponent);
    }

    public static Precise operator -(Precise a) => new(-a._mantissa, a._exponent);

    public static Precise operator -(Precise a, Precise b) => a + -b;

    public static Precise operator *(Precise a, Precise b) => new(a._mantissa * b._mantissa, a._exponent + b._exponent);

    public static Precise operator /(Precise a, Precise b)
    {
        int shift = Math.Max(0, Bits + 2 + (int)BigInteger.Abs(b._mantissa).GetBitLength() - (int)BigInteger.Abs(a._mantissa).GetBitLength());
        return new((a._mantissa << shift) / b._mantissa, a._exponent - shift - b._exponent);
    }

    public static Precise Abs(Precise a) => a.Sign < 0 ? -a : a;

    public Precise Shifted(int by) => new(_mantissa, _exponent + by);

    /// <summary>The nearest integer.</summary>
    public BigInteger Nearest() => _exponent >= 0 ? _mantissa << _exponent : ((_mantissa >> (-_exponent - 1)) + 1) >> 1;

    public static Precise Of(BigInteger mantissa, int exponent) => new(mantissa, exponent);

    public static Precise Sqrt(Precise a)
    {
        var root = (Precise)Math.Sqrt(a.Shifted(-(a.Size & ~1)).ToDouble());
        root = root.Shifted((a.Size & ~1) / 2);
        for (int i = 0; i < 4; i++)
        {
            root = (root + (a / root)).Shifted(-1);
        }

        return root;
    }

    /// <summary>A double near it, of the normal range.</summary>
    public double ToDouble()
    {
        int cut = Math.Max(0, (int)BigInteger.Abs(_mantissa).GetBitLength() - 60);
        return Math.ScaleB((double)(long)(_mantissa >> cut), _exponent + cut);
    }

    /// <summary>How far a double is from it, in units of its last place in a format.</summary>
    public double UlpsFrom(double value, int precision = 53, int least = -1074)
    {
        int unit = Math.Max(IsZero ? least : Size - precision + 1, least);
        return Abs(this - value).Shifted(-unit).ToDouble();
    }
}
