namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class LogSumExpTests
{
    [Fact]
    public void DoesNotOverflow()
    {
        Assert.Equal(Math.Log(3), Probe.Value(new LogSumExp([0], false), Probe.Reals(new Shape(3), 0, 0, 0))[0], 15);
        Assert.Equal(1000 + Math.Log(2), Probe.Value(new LogSumExp([0], false), Probe.Reals(new Shape(2), 1000, 1000))[0], 12);
    }

    [Fact]
    public void Infinities()
    {
        const double Inf = double.PositiveInfinity;
        var none = Probe.Reals(new Shape(2), -Inf, -Inf);
        Assert.Equal([-Inf], Probe.Value(new LogSumExp([0], false), none));
        Assert.Equal([Inf], Probe.Value(new LogSumExp([0], false), Probe.Reals(new Shape(2), 1, Inf)));
        Assert.Equal([2], Probe.Value(new LogSumExp([0], false), Probe.Reals(new Shape(2), 2, -Inf)));
        Assert.Equal(
            [double.NaN, double.NaN],
            Probe.Vjp(new LogSumExp([0], false), Selection.Default, [none], Probe.Reals(Shape.Scalar, 1))[0]);
    }

    [Fact]
    public void OverNothingIsMinusInfinity()
    {
        const double Inf = double.PositiveInfinity;
        Assert.Equal([-Inf, -Inf], Probe.Value(new LogSumExp([1], false), Probe.Reals(new Shape(2, 0))));
        Assert.Equal([-Inf], Probe.Value(new LogSumExp([0, 1], false), Probe.Reals(new Shape(2, 0))));
    }

    // e^(x − y) over the rounded value y was off by the digits that y has before its point.
    [Fact]
    public void SlopesOfLargeValuesAreSoftmax()
    {
        double[] x = [1e4, 1e4 - 1, 1e4 - 20, -1e4];
        var slopes = Slopes<Float64>(x, 1, 4);
        double[] e = [1, Math.Exp(-1), Math.Exp(-20), 0];
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(e[i] / e.Sum(), slopes[i], 4e-16 * e[i]);
        }
    }

    [Fact]
    public void SlopesInTheBrainFormatAreSoftmaxRounded()
    {
        double[] x = [.. Enumerable.Range(0, 128).Select(i => BFloat16.Round(64 + (Math.Sin(i) * 2)))];
        double[] slopes = Slopes<BFloat16>(x, 64, 2);
        for (int i = 0; i < x.Length; i++)
        {
            double right = 1 / (1 + Math.Exp(x[i ^ 1] - x[i]));
            Assert.Equal(right, slopes[i], right * 0.012);
        }
    }

    [Fact]
    public void SlopesOverSeveralAxesAreThoseOverTheirProduct()
    {
        double[] values = [.. Enumerable.Range(0, 24).Select(i => Math.Cos(i) * 3)];
        var apart = Program.Trace(x => x.LogSumExp(0, 2).Sum(), new Shape(2, 3, 4)).Backprop("x");
        var joined = Program.Trace(x => x.Transpose(1, 0, 2).Reshape(new Shape(3, 8)).LogSumExp(1).Sum(), new Shape(2, 3, 4)).Backprop("x");
        Assert.Equal(
            ((Tensor<double>)Interpreter.Run<Float64>(joined, values)[^1]).Elements, ((Tensor<double>)Interpreter.Run<Float64>(apart, values)[^1]).Elements);
    }

    private static double[] Slopes<TFormat>(double[] values, int rows, int columns)
        where TFormat : struct, IFormat
    {
        var program = Program.Trace(x => x.LogSumExp(1).Sum(), new Shape(rows, columns)).Backprop("x");
        return ((Tensor<double>)Interpreter.Run<TFormat>(program, values)[^1]).Elements;
    }

    [Fact]
    public void DerivativesAgreeAndCountsHold()
    {
        var x = Probe.Random(new Shape(2, 3, 2), 3);
        Probe.Agree(new LogSumExp([1], false), Selection.Default, x);
        Probe.Agree(new LogSumExp([0, 2], true), Selection.Default, x);
        Probe.Counts(new LogSumExp([1], false), x);
        Probe.Counts(new LogSumExp([0, 1, 2], true), x);
    }

    [Fact]
    public void UnitCountIsThatOfTheUnshiftedProgram() => Assert.Equal(
        OperationCount.Of(ScalarOperation.Exp, 20) + OperationCount.Of(ScalarOperation.Add, 18) + OperationCount.Of(ScalarOperation.Log, 2),
        new LogSumExp([1], false).UnitCount([new Shape(2, 10)]));
}
