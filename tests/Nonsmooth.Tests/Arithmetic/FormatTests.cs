namespace Nonsmooth.Tests.Arithmetic;

public sealed class FormatTests
{
    private const int _operands = 1_000_000;

    [Trait("Speed", "Slow")]
    [Fact]
    public void HalfAgreesWithCorrectRounding() => Compare<Float16>(bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits), 16);

    [Trait("Speed", "Slow")]
    [Fact]
    public void BFloat16AgreesWithCorrectRounding() => Compare<BFloat16>(bits => BitConverter.Int32BitsToSingle(bits << 16), 16);

    [Trait("Speed", "Slow")]
    [Fact]
    public void E5M2AgreesWithCorrectRounding() =>
        Compare<Float8E5M2>(bits => (double)BitConverter.UInt16BitsToHalf((ushort)(bits << 8)), 8);

    [Trait("Speed", "Slow")]
    [Fact]
    public void E4M3AgreesWithCorrectRounding() => Compare<Float8E4M3>(
        bits =>
        {
            int exponent = (bits >> 3) & 15;
            int fraction = bits & 7;
            double magnitude = exponent == 15 && fraction == 7 ? double.NaN
                : exponent == 0 ? fraction * 0.001953125
                : Math.ScaleB(8 + fraction, exponent - 10);
            return (bits & 128) != 0 ? -magnitude : magnitude;
        },
        8);

    [Fact]
    public void SingleIsThePlatformsSingle()
    {
        var random = new Random(5);
        for (int i = 0; i < 200_000; i++)
        {
            float a = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            float b = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            var (x, y) = (Rounded<Float32>.FromDouble(a), Rounded<Float32>.FromDouble(b));
            Same(a + b, x + y);
            Same(a - b, x - y);
            Same(a * b, x * y);
            Same(a / b, x / y);
            Same(MathF.Sqrt(a), Rounded<Float32>.Sqrt(x));
        }

        static void Same(float expected, Rounded<Float32> actual) => Assert.Equal(
            (double)expected, Rounded<Float32>.ToDouble(actual));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2.4)]
    [InlineData(2.6)]
    [InlineData(4)]
    [InlineData(-0.001)]
    public void ErrorFunctionIsAccurate(double x)
    {
        // Composite Simpson of 2/√π ∫ e^(−t²): independent of the series and the fraction.
        const int n = 20_000;
        double h = x / n;
        double sum = 1 + Math.Exp(-x * x);
        for (int i = 1; i < n; i++)
        {
            sum += (i % 2 == 0 ? 2 : 4) * Math.Exp(-(i * h) * (i * h));
        }

        double expected = 2 / Math.Sqrt(Math.PI) * sum * h / 3;
        Assert.Equal(expected, Rounded<Float64>.ToDouble(Rounded<Float64>.Erf(Rounded<Float64>.FromDouble(x))), 13);
    }

    // Correct rounding by exhaustion of neighbours: all values of the format, sorted, and the exact result (a
    // double holds sums and products of these formats exactly; quotients and roots are compared through
    // exact products) against the midpoints.
    private static void Compare<TFormat>(Func<int, double> decode, int width)
        where TFormat : struct, IFormat
    {
        double[] values = [.. Enumerable.Range(0, 1 << width).Select(decode).Where(double.IsFinite).Distinct().Order()];
        var random = new Random(width);
        for (int i = 0; i < _operands; i++)
        {
            double a = values[random.Next(values.Length)];
            double b = values[random.Next(values.Length)];
            var (x, y) = (Rounded<TFormat>.FromDouble(a), Rounded<TFormat>.FromDouble(b));
            switch (i % 4)
            {
                case 0:
                    Nearest(values, v => a + b - v, Rounded<TFormat>.ToDouble(x + y), a + b);
                    break;
                case 1:
                    Nearest(values, v => (a * b) - v, Rounded<TFormat>.ToDouble(x * y), a * b);
                    break;
                case 2 when b != 0:
                    Nearest(values, v => Math.Sign(b) * (a - (v * b)), Rounded<TFormat>.ToDouble(x / y), a / b);
                    break;
                default:
                    Nearest(values, v => v < 0 ? 1 : Math.Abs(a) - (v * v), Rounded<TFormat>.ToDouble(Rounded<TFormat>.Sqrt(Rounded<TFormat>.FromDouble(Math.Abs(a)))), Math.Sqrt(Math.Abs(a)));
                    break;
            }
        }
    }

    // sign(excess(v)) tells on which side of the exact result v lies; midpoints of neighbours are exact doubles.
    private static void Nearest(double[] values, Func<double, double> excess, double rounded, double approximate)
    {
        if (!double.IsFinite(rounded))
        {
            Assert.True(Math.Abs(approximate) > values[^1], $"{approximate} became {rounded}");
            return;
        }

        int at = Array.BinarySearch(values, rounded);
        Assert.True(at >= 0, $"{rounded} is not of the format");
        if (at > 0)
        {
            Assert.True(excess((values[at - 1] + rounded) / 2) >= 0, $"{approximate} rounds below {rounded}");
        }

        if (at < values.Length - 1)
        {
            Assert.True(excess((values[at + 1] + rounded) / 2) <= 0, $"{approximate} rounds above {rounded}");
        }
    }
}
