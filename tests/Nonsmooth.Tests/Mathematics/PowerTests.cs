using Nonsmooth.Mathematics;
using Nonsmooth.Randomness;

namespace Nonsmooth.Tests.Mathematics;

public sealed class PowerTests(ITestOutputHelper output)
{
    private static readonly int _count = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? 200_000 : 6000;

    /// <summary>Pairs whose power is finite: any sizes, bases near 1 with large exponents, results at both borders, subnormal bases.</summary>
    public static IEnumerable<(double X, double Y)> Pairs(int count)
    {
        var random = new CounterRandom(5, 0);
        for (int i = 0; i < count; i++)
        {
            double u = random.Uniform((ulong)(3 * i));
            double v = random.Uniform((ulong)(3 * i) + 1);
            double x = (i % 4) switch
            {
                0 => Math.ScaleB(1 + u, (int)(v * 2000) - 1000),
                1 => 1 + ((u - 0.5) * Math.ScaleB(1, -(int)(v * 50))),
                2 => u * 10,
                _ => Math.ScaleB(1 + u, -1022 - (int)(v * 50)),
            };
            double y = ((2 * random.Uniform((ulong)(3 * i) + 2)) - 1) * 745 / Transcendental.Log(x);
            if (x > 0 && double.IsFinite(y))
            {
                yield return (x, y);
            }
        }
    }

    [Fact]
    public void ErrsByLessThanOneUnitInTheLastPlace()
    {
        var (worst, at, count) = (0.0, (0.0, 0.0), 0);
        foreach (var (x, y) in Pairs(_count))
        {
            var exact = PreciseFunctions.Pow(x, y);
            if (exact.Size < 1023)
            {
                double ulps = exact.UlpsFrom(Transcendental.Pow(x, y));
                (worst, at) = ulps > worst ? (ulps, (x, y)) : (worst, at);
                count++;
            }
        }

        output.WriteLine($"pow: {worst:0.000} at {at}");
        Assert.True(worst < 1, $"errs by {worst} at {at}");
        MathematicsDocument.Check("pow", worst, count);
    }

    [Theory]
    [InlineData(-2, 3, -8)]
    [InlineData(-2, 4, 16)]
    [InlineData(-3, -1, -1.0 / 3)]
    [InlineData(10, 22, 1e22)]
    [InlineData(0.5, 1074, double.Epsilon)]
    public void IntegerPowersHaveTheirSigns(double x, double y, double expected) => Assert.Equal(expected, Transcendental.Pow(x, y));
}
