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
