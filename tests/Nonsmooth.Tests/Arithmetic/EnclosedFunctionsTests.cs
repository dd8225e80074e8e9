namespace Nonsmooth.Tests.Arithmetic;

/// <summary>Enclosures of transcendental functions against their series in exact fractions.</summary>
public sealed class EnclosedFunctionsTests
{
    private const int _points = 30;

    [Fact]
    public void Exponentials() => Check(-40, 40, Enclosure.Exp, Series.Exp);

    [Fact]
    public void ExponentialsNearZero()
    {
        Check(-1.5, 1.5, Enclosure.ExpM1, x => Series.Exp(x) - 1);
        Check(-1e-9, 1e-9, Enclosure.ExpM1, x => Series.Exp(x) - 1);
    }

    [Fact]
    public void Logarithms()
    {
        Check(1e-6, 3, Enclosure.Log, Series.Log);
        Check(-0.999, 3, Enclosure.LogP1, x => Series.Log(1 + x));
        Check(-1e-9, 1e-9, Enclosure.LogP1, x => Series.Log(1 + x));
    }

    [Fact]
    public void Sigmoids()
    {
        Check(-30, 30, Enclosure.Sigmoid, x => 1 / (1 + Series.Exp(-x)));
        Check(-20, 20, Enclosure.Tanh, x => 1 - (2 / (1 + Series.Exp(2 * x))));
    }

    [Fact]
    public void Waves()
    {
        Check(-30, 30, Enclosure.Sin, Series.Sin);
        Check(-30, 30, Enclosure.Cos, Series.Cos);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void Powers()
    {
        foreach (double y in new[] { -2.5, -1, 0, 0.5, 2, 3.25 })
        {
            Check(0.01, 20, x => Enclosure.Pow(x, Enclosure.FromDouble(y)), x => Series.Exp(y * Series.Log(x)));
        }

        Check(-3, 3, x => Enclosure.Pow(x, Enclosure.FromDouble(4)), x => x * x * x * x);
        Check(-3, 3, x => Enclosure.Pow(x, Enclosure.FromDouble(5)), x => x * x * x * x * x);
    }

    [Fact]
    public void ErrorFunction()
    {
        // 2/√π from Machin's π to 200 bits by way of its square: erf² = 4/π · (√π/2 erf)² is compared instead of erf.
        var pi = 4 * ((4 * Atan(5)) - Atan(239));
        var random = new Random(3);
        for (int i = 0; i < 40; i++)
        {
            double x = (random.NextDouble() - 0.5) * (i % 2 == 0 ? 13 : 1e-3);
            var enclosure = Enclosure.Erf(Enclosure.FromDouble(Math.Abs(x)));
            var scaled = Series.ScaledErf(Math.Abs(x));
            var square = 4 * scaled * scaled / pi;
            Assert.True((Rational)enclosure.Lower * enclosure.Lower <= square && square <= (Rational)enclosure.Upper * enclosure.Upper, $"erf {x}");
            Assert.True(enclosure.Upper - enclosure.Lower <= 1e-12 * enclosure.Upper, $"erf {x} is {enclosure}");
            Assert.Equal(-enclosure.Upper, Enclosure.Erf(Enclosure.FromDouble(-Math.Abs(x))).Lower);
        }
    }

    private static void Check(double low, double high, Func<Enclosure, Enclosure> enclosed, Func<Rational, Rational> exact)
    {
        var random = new Random(4);
        for (int i = 0; i < _points; i++)
        {
            double x = low + ((high - low) * random.NextDouble());
            double width = i % 3 == 0 ? 0 : (high - low) * Math.Pow(10, -8 * random.NextDouble()) / 2;
            double end = Math.Min(high, x + width);
            var box = enclosed(Enclosure.Between(x, end));
            foreach (double point in new[] { x, end, x + ((end - x) * random.NextDouble()) })
            {
                var value = exact(point);
                Assert.True(box.Lower <= value && value <= box.Upper, $"{value.Near():R} at {point:R} is not in {box}");
            }

            if (width == 0)
            {
                Assert.True(box.Upper - box.Lower <= 1e-14 * (box.Magnitude + 1e-300) || box.Magnitude < 1e-14, $"{box} is wide");
            }
        }
    }

    private static Rational Atan(int inverse)
    {
        Rational sum = 0;
        Rational power = new(1, inverse);
        for (int n = 0; n < 100; n++)
        {
            sum += (n % 2 == 0 ? 1 : -1) * power / ((2 * n) + 1);
            power /= inverse * inverse;
        }

        return sum;
    }
}
