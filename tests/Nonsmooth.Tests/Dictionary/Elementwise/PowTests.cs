namespace Nonsmooth.Tests.Dictionary.Elementwise;

public sealed class PowTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    [InlineData(2.5)]
    [InlineData(0.0)]
    public void TheSlopeInTheExponentIsZeroAtBaseZero(double exponent) => Assert.Equal(0, Slopes([0], [exponent]).Exponent[0]);

    [Fact]
    public void TheSlopeInTheExponentIsMinusInfinityAtBaseZeroWithANegativeExponent() =>
        Assert.Equal(double.NegativeInfinity, Slopes([0], [-1]).Exponent[0]);

    [Fact]
    public void TheSlopeInTheBaseIsZeroAtExponentZero() => Assert.Equal([0, 0], Slopes([0, 2], [0, 0]).Base);

    [Fact]
    public void AGeneralisedMeanOfRectifiedNumbersHasAGradientInItsExponent()
    {
        double[] x = [-1, 0.5, 2];
        var program = Program.Trace((v, p) => Pow(Relu(v), p).Mean(), new Shape(3), Shape.Scalar).Backprop("p");
        var slope = (Tensor<double>)Interpreter.Run<Float64>(program, x, new double[] { 3 })[^1];
        Assert.Equal(((0.125 * Math.Log(0.5)) + (8 * Math.Log(2))) / 3, slope[0], 14);
    }

    // The rule of a function of one's own is differentiated by reading it.
    [Fact]
    public void ARuleThatIsReadHasTheSameSlopes()
    {
        var recording = Recording.Of(2, a => Recorded.Pow(a[0], a[1]));
        Rounded<Float64>[] at = [Rounded<Float64>.FromDouble(0), Rounded<Float64>.FromDouble(2)];
        Assert.Equal(0, Rounded<Float64>.ToDouble(recording.Slope(at, 1, Selection.Default)));
    }

    private static (double[] Base, double[] Exponent) Slopes(double[] x, double[] p)
    {
        var program = Program.Trace((v, e) => Pow(v, e).Sum(), new Shape(x.Length), new Shape(p.Length));
        return (Of("v"), Of("e"));

        double[] Of(string input) =>
            ((Tensor<double>)Interpreter.Run<Float64>(program.Backprop(input), x, p)[^1]).Elements;
    }
}
