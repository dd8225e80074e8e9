namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class SoftmaxTests
{
    [Fact]
    public void DoesNotOverflow()
    {
        var y = Probe.Value(new Softmax(0), Probe.Reals(new Shape(2), 1000, 1000 + Math.Log(3)));
        Assert.Equal(0.25, y[0], 12);
        Assert.Equal(0.75, y[1], 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void DerivativesAgreeAndCountsHold(int axis)
    {
        var x = Probe.Random(new Shape(2, 3, 4), 9);
        Probe.Agree(new Softmax(axis), Selection.Default, x);
        Probe.Counts(new Softmax(axis), x);
    }

    [Fact]
    public void UnitCountIsThatOfTheUnshiftedProgram() => Assert.Equal(
        OperationCount.Of(ScalarOperation.Exp, 20) + OperationCount.Of(ScalarOperation.Add, 18)
            + OperationCount.Of(ScalarOperation.Inverse, 2) + OperationCount.Of(ScalarOperation.Multiply, 20),
        new Softmax(1).UnitCount([new Shape(2, 10)]));
}
