using System.Numerics;

namespace Nonsmooth.Tests.Mathematics;

/// <summary>Elementary functions by their series, to 200 bits and more of a double's image: independent of the library's.</summary>
internal static class PreciseFunctions
{
    private const int _angleBits = 1500;

    private static readonly Lazy<Precise> _logTwo = new(() => Atanh((Precise)1 / 3).Shifted(1));
    private static readonly Lazy<BigInteger> _pi = new(Machin);
    private static readonly Lazy<Precise> _rootPi = new(() => Precise.Sqrt(Pi));

    public static Precise Pi => Precise.Of(_pi.Value, -_angleBits);

    public static Precise Exp(Precise x)
    {
        int n = (int)(x / _logTwo.Value).Nearest();
        var power = Series((x - (_logTwo.Value * n)).Shifted(-20), static k => k) + 1;
        for (int i = 0; i < 20; i++)
        {
            power *= power;
        }

        return power.Shifted(n);
    }

    public static Precise ExpM1(Precise x) => x.Size < -2 ? Series(x, static k => k) : Exp(x) - 1;

    public static Precise Log(Precise x)
    {
        int n = x.Size;
        var m = x.Shifted(-n);
        if ((m - 1.5).Sign > 0)
        {
            (m, n) = (m.Shifted(-1), n + 1);
        }

        return Atanh((m - 1) / (m + 1)).Shifted(1) + (_logTwo.Value * n);
    }

    public static Precise LogP1(Precise x) => x.Size < -2 ? Atanh(x / (x + 2)).Shifted(1) : Log(x + 1);

    public static Precise Sin(double x) => Wave(x, 0);

    public static Precise Cos(double x) => Wave(x, 1);

    public static Precise Tan(double x) => Sin(x) / Cos(x);

    /// <summary>By π/2 − arctan 1/x beyond 1, and by halves of the angle, x/(1 + √(1 + x²)), and the series.</summary>
    public static Precise Atan(Precise x)
    {
        if (x.Sign < 0)
        {
            return -Atan(-x);
        }

        if ((x - 1).Sign > 0)
        {
            return Pi.Shifted(-1) - Atan((Precise)1 / x);
        }

        const int halves = 8;
        for (int i = 0; i < halves; i++)
        {
            x /= Precise.Sqrt((x * x) + 1) + 1;
        }

        var square = x * x;
        var (power, sum) = (x, x);
        for (int k = 3; !power.IsZero && power.Size > sum.Size - Precise.Bits; k += 2)
        {
            power *= -square;
            sum += power / k;
        }

        return sum.Shifted(halves);
    }

    public static Precise Sigmoid(Precise x) => (Precise)1 / (Exp(-x) + 1);

    public static Precise Tanh(Precise x)
    {
        var less = ExpM1(x.Shifted(1));
        return less / (less + 2);
    }

    /// <summary>2x/√π · e^(−x²) · Σ (2x²)ⁿ/(1·3·…·(2n+1)), all terms of one sign; far out 1 less the tail.</summary>
    public static Precise Erf(Precise x)
    {
        if (Precise.Abs(x).Size >= 3)
        {
            return x.Sign > 0 ? (Precise)1 - Erfc(x) : Erfc(-x) - 1;
        }

        var square = x * x;
        var (term, sum) = (x, x);
        for (int n = 1; !term.IsZero && term.Size > sum.Size - Precise.Bits; n++)
        {
            term = term * square.Shifted(1) / ((2 * n) + 1);
            sum += term;
        }

        return sum.Shifted(1) * Exp(-square) / _rootPi.Value;
    }

    /// <summary>From 4 on e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …)))).</summary>
    public static Precise Erfc(Precise x)
    {
        if ((x - 4).Sign < 0)
        {
            return (Precise)1 - Erf(x);
        }

        var fraction = x;
        for (int k = 300; k >= 1; k--)
        {
            fraction = x + (((Precise)k).Shifted(-1) / fraction);
        }

        return Exp(-(x * x)) / (fraction * _rootPi.Value);
    }

    public static Precise Pow(Precise x, Precise y) => Exp(Log(x) * y);

    // Σ from k = 1 on of x^k over the product of the divisors.
    private static Precise Series(Precise x, Func<int, int> divisor)
    {
        var (term, sum) = ((Precise)1, default(Precise));
        for (int k = 1; k == 1 || (!term.IsZero && term.Size > sum.Size - Precise.Bits); k++)
        {
            term = term * x / divisor(k);
            sum += term;
        }

        return sum;
    }

    private static Precise Atanh(Precise z)
    {
        var square = z * z;
        var (power, sum) = (z, z);
        for (int k = 3; !power.IsZero && power.Size > sum.Size - Precise.Bits; k += 2)
        {
            power *= square;
            sum += power / k;
        }

        return sum;
    }

    // In fixed point, since a double may be larger than the precision's own reach.
    private static Precise Wave(double x, int quarter)
    {
        var (mantissa, exponent) = Parts(x);
        var fixedPoint = exponent + _angleBits >= 0 ? mantissa << (exponent + _angleBits) : mantissa >> -(exponent + _angleBits);
        if (x == 0 || Math.Abs(x) < 1e-100)
        {
            return quarter == 0 ? x : 1;
        }

        var half = _pi.Value >> 1;
        var n = (((fixedPoint << 1) / half) + (x < 0 ? -1 : 1)) / 2;
        var r = Precise.Of(fixedPoint - (n * half), -_angleBits);
        int quadrant = (int)((((n + quarter) % 4) + 4) % 4);
        var value = quadrant % 2 == 0 ? r * (Series(-(r * r), static k => 2 * k * ((2 * k) + 1)) + 1)
            : Series(-(r * r), static k => 2 * k * ((2 * k) - 1)) + 1;
        return quadrant >= 2 ? -value : value;
    }

    private static (BigInteger Mantissa, int Exponent) Parts(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (1L << 52);
        return (x < 0 ? -mantissa : mantissa, exponent - 1075);
    }

    // π = 16 arctan ⅕ − 4 arctan 1/239.
    private static BigInteger Machin()
    {
        const int more = 64;
        return ((16 * Arctan(5)) - (4 * Arctan(239))) >> more;

        static BigInteger Arctan(int inverse)
        {
            var power = (BigInteger.One << (_angleBits + more)) / inverse;
            var sum = power;
            for (int k = 3; !power.IsZero; k += 2)
            {
                power /= -inverse * inverse;
                sum += power / k;
            }

            return sum;
        }
    }
}
