using Nonsmooth.Mathematics;

namespace Nonsmooth.Tests.Mathematics;

/// <summary>Sine and cosine found together have the bits of each alone.</summary>
public sealed class WavesTests
{
    [Fact]
    public void BothHaveTheBitsOfEach()
    {
        var random = new Random(3);
        double[] odd = [0, -0.0, 1e-10, -1e-300, double.NaN, double.PositiveInfinity, 1e22, -5e7, 1647099, 1647098.9];
        for (int i = 0; i < 20_000; i++)
        {
            double x = i < odd.Length ? odd[i] : (random.NextDouble() - 0.5) * Math.Pow(10, (20 * random.NextDouble()) - 8);
            var (sine, cosine) = Trigonometric.Both(Lanes256.Of(x));
            Assert.Equal(Bits(Transcendental.Sin(x)), Bits(sine[i % 4]));
            Assert.Equal(Bits(Transcendental.Cos(x)), Bits(cosine[i % 4]));
        }
    }

    private static long Bits(double x) => BitConverter.DoubleToInt64Bits(x);
}
