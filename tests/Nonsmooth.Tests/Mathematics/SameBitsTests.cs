using Nonsmooth.Mathematics;
using Nonsmooth.Randomness;

namespace Nonsmooth.Tests.Mathematics;

/// <summary>A result's bits depend on its argument alone. In full (a hundred times as many) with <c>NONSMOOTH_TRIALS=1</c>.</summary>
[Trait("Speed", "Slow")]
public sealed class SameBitsTests
{
    private const int _piece = 4099;
    private static readonly int _pieces = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? 24_400 : 244;

    private delegate void Loop(ReadOnlySpan<double> x, Span<double> y);

    [Fact]
    public void OfExp() => Compare<Exponential.Exp>(Transcendental.Exp, Transcendental.Exp, 2);

    [Fact]
    public void OfExpM1() => Compare<Exponential.ExpM1>(Transcendental.ExpM1, Transcendental.ExpM1, 2);

    [Fact]
    public void OfLog() => Compare<Logarithm.Log>(Transcendental.Log, Transcendental.Log, 2);

    [Fact]
    public void OfLogP1() => Compare<Logarithm.LogP1>(Transcendental.LogP1, Transcendental.LogP1, 2);

    [Fact]
    public void OfSin() => Compare<Trigonometric.Sin>(Transcendental.Sin, Transcendental.Sin, 20);

    [Fact]
    public void OfCos() => Compare<Trigonometric.Cos>(Transcendental.Cos, Transcendental.Cos, 20);

    [Fact]
    public void OfTan() => Compare<Trigonometric.Tan>(Transcendental.Tan, Transcendental.Tan, 20);

    [Fact]
    public void OfAtan() => Compare<Trigonometric.Atan>(Transcendental.Atan, Transcendental.Atan, 2);

    [Fact]
    public void OfTanh() => Compare<Hyperbolic.Tanh>(Transcendental.Tanh, Transcendental.Tanh, 2);

    [Fact]
    public void OfSigmoid() => Compare<Hyperbolic.Sigmoid>(Transcendental.Sigmoid, Transcendental.Sigmoid, 2);

    [Fact]
    public void OfErf() => Compare<ErrorIntegral.Erf>(Transcendental.Erf, Transcendental.Erf, 1);

    [Fact]
    public void OfErfc() => Compare<ErrorIntegral.Erfc>(Transcendental.Erfc, Transcendental.Erfc, 2);

    [Fact]
    public void OfPow()
    {
        var (x, p) = (new double[_piece], new double[_piece]);
        var (two, four, eight) = (new double[_piece], new double[_piece], new double[_piece]);
        for (int piece = 0; piece < _pieces; piece++)
        {
            Fill(x, piece, 2);
            Fill(p, piece + 1_000_000, 0.1);
            PowerLoop.Wide<Lanes128>(x, p, two);
            PowerLoop.Wide<Lanes256>(x, p, four);
            PowerLoop.Wide<Lanes512>(x, p, eight);
            AssertSame(x, i => Transcendental.Pow(x[i], p[i]), two, four, eight);
        }
    }

    /// <summary>Every exponent, with signs, zeros, infinities and NaN; and as often a normal variate of a width.</summary>
    private static void Fill(Span<double> x, int piece, double width)
    {
        var random = new CounterRandom(41, (ulong)piece);
        for (int i = 0; i < x.Length; i++)
        {
            ulong bits = ((ulong)random.At((ulong)(2 * i)) << 32) | random.At((ulong)(2 * i) + 1);
            x[i] = i % 2 == 0 ? BitConverter.UInt64BitsToDouble(bits) : ((bits >> 11) / 9007199254740992.0 - 0.5) * width * Math.ScaleB(1, (int)(bits & 7));
        }

        x[0] = 0;
        x[2] = -0.0;
        x[4] = double.NaN;
        x[6] = double.PositiveInfinity;
        x[8] = double.NegativeInfinity;
    }

    private static void Compare<TFunction>(Func<double, double> one, Loop many, double width)
        where TFunction : struct, ILaneFunction
    {
        var x = new double[_piece];
        var (two, four, eight, whole) = (new double[_piece], new double[_piece], new double[_piece], new double[_piece]);
        for (int piece = 0; piece < _pieces; piece++)
        {
            Fill(x, piece, width);
            LaneLoop.Wide<TFunction, Lanes128>(x, two);
            LaneLoop.Wide<TFunction, Lanes256>(x, four);
            LaneLoop.Wide<TFunction, Lanes512>(x, eight);
            many(x, whole);
            AssertSame(x, i => one(x[i]), two, four, eight, whole);
        }
    }

    private static void AssertSame(double[] x, Func<int, double> one, params double[][] many)
    {
        for (int i = 0; i < x.Length; i++)
        {
            long bits = BitConverter.DoubleToInt64Bits(one(i));
            foreach (double[] y in many)
            {
                if (BitConverter.DoubleToInt64Bits(y[i]) != bits)
                {
                    Assert.Fail($"{x[i]:R} gives {y[i]:R} among others and {BitConverter.Int64BitsToDouble(bits):R} alone");
                }
            }
        }
    }
}
