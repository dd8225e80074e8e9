using System.Numerics;

namespace Nonsmooth.Tests.Dictionary.Algebra;

public sealed class FourierTests
{
    [Theory]
    [InlineData(1, null, false, null)]
    [InlineData(2, null, false, null)]
    [InlineData(2, null, true, null)]
    [InlineData(1, 7, false, 4)]
    [InlineData(2, 3, true, null)]
    public void IsTheSumOverRotations(int parts, int? length, bool inverse, int? frequencies)
    {
        double[] x = [.. Enumerable.Range(0, 2 * 5 * 3 * parts).Select(i => Math.Sin(3.0 * i))];
        var program = Program.Trace(v => Dft(v, 1, length, inverse, frequencies), new Shape(2, 5, 3, parts));
        var value = Written.Run(program, x);
        int n = length ?? 5, kept = frequencies ?? n;
        Assert.Equal(2 * kept * 3 * 2, value.Length);
        for (int i = 0; i < 2 * kept * 3; i++)
        {
            var (image, j, column) = (i / (kept * 3), i / 3 % kept, i % 3);
            var sum = Complex.Zero;
            for (int k = 0; k < Math.Min(n, 5); k++)
            {
                int at = ((((image * 5) + k) * 3) + column) * parts;
                sum += new Complex(x[at], parts == 2 ? x[at + 1] : 0) * Complex.Exp(new Complex(0, (inverse ? 2 : -2) * Math.PI * j * k / n));
            }

            sum /= inverse ? n : 1;
            Assert.Equal(sum.Real, value[2 * i], 1e-12);
            Assert.Equal(sum.Imaginary, value[(2 * i) + 1], 1e-12);
        }

        Written.Differentiates(program, "v", x);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void RealNumbersComeBackFromHalfTheirSpectrum(int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => Math.Cos(2.0 * i))];
        var program = Program.Trace(v => InverseRealDft(Dft(v, 0, frequencies: (n / 2) + 1), 0, n), new Shape(n, 1));
        Assert.All(x.Zip(Written.Run(program, x)), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Fact]
    public void PartsOfASignalAreTransformed()
    {
        double[] signal = [.. Enumerable.Range(0, 10).Select(i => Math.Sin(i))];
        double[] window = [0.5, 1, 1, 0.25];
        var program = Program.Trace((s, w) => Stft(s, 3, 4, w), new Shape(1, 10, 1), new Shape(4));
        var value = Written.Run(program, signal, window);
        for (int part = 0; part < 3; part++)
        {
            var expected = Written.Value(v => Dft(v, 0, frequencies: 3), new Shape(4, 1), [.. window.Select((w, i) => w * signal[(3 * part) + i])]);
            Assert.All(expected.Zip(value[(6 * part)..(6 * (part + 1))]), p => Assert.Equal(p.First, p.Second, 1e-12));
        }

        Assert.Equal(18, value.Length);
        Written.Differentiates(program, "w", signal, window);
        Assert.Throws<ShapeException>(() => Program.Trace(s => Stft(s, 1, 11), new Shape(1, 10, 1)));
        Assert.Throws<ShapeException>(() => Program.Trace(s => Dft(s, 1), new Shape(4, 3)));
    }

    [Fact]
    public void QuartersOfATurnAreExact() =>
        Assert.Equal([10, 0, -2, 2, -2, 0, -2, -2], Written.Value(x => Dft(x, 0), new Shape(4, 1), 1, 2, 3, 4));
}
