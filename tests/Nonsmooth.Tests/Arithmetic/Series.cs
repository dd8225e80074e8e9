using System.Numerics;

namespace Nonsmooth.Tests.Arithmetic;

/// <summary>Elementary functions of fractions by their series, to about 2⁻²⁰⁰: independent of the platform's.</summary>
internal static class Series
{
    private const int _bits = 300;

    private static readonly Lazy<Rational> _log2 = new(() => Atanh(new(1, 3)) * 2);

    public static Rational Exp(Rational x)
    {
        // e^x = (e^(x/2^k))^(2^k)
        const int halvings = 12;
        var y = Sum(1, (x / (1 << halvings)).Shortened(_bits), static (term, x, n) => term * x / n);
        for (int i = 0; i < halvings; i++)
        {
            y = (y * y).Shortened(_bits + 2000);
        }

        return y;
    }

    public static Rational Log(Rational x)
    {
        int exponent = 0;
        for (; x > 1.5; exponent++)
        {
            x /= 2;
        }

        for (; x < 0.75; exponent--)
        {
            x *= 2;
        }

        return (2 * Atanh((x - 1) / (x + 1))) + (exponent * _log2.Value);
    }

    public static Rational Sin(Rational x) => Sum(x, x, static (term, x, n) => -term * x * x / (2 * n * ((2 * n) + 1)));

    public static Rational Cos(Rational x) => Sum(1, x, static (term, x, n) => -term * x * x / (2 * n * ((2 * n) - 1)));

    /// <summary>√π/2 · erf x by Maclaurin's alternating series.</summary>
    public static Rational ScaledErf(Rational x)
    {
        var (power, sum) = (x, x);
        for (int n = 1; Rational.Abs(power) > new Rational(1, BigInteger.One << _bits) || n < 60; n++)
        {
            power = (-power * x * x / n).Shortened(_bits + 60);
            sum += power / ((2 * n) + 1);
        }

        return sum;
    }

    private static Rational Atanh(Rational z)
    {
        var (power, sum) = (z, z);
        for (int n = 3; Rational.Abs(power) > new Rational(1, BigInteger.One << _bits); n += 2)
        {
            power = (power * z * z).Shortened(_bits + 20);
            sum = (sum + (power / n)).Shortened(_bits + 20);
        }

        return sum;
    }

    private static Rational Sum(Rational first, Rational x, Func<Rational, Rational, int, Rational> next)
    {
        var (term, sum) = (first, first);
        for (int n = 1; n < 20 || Rational.Abs(term) > new Rational(1, BigInteger.One << _bits); n++)
        {
            term = next(term, x, n).Shortened(_bits + 60);
            sum += term;
        }

        return sum;
    }
}
