namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class CumulativeSumTests
{
    private static readonly Tensor _x = Probe.Reals(new Shape(2, 3), 1, 2, 3, 4, 5, 6);

    [Fact]
    public void Values()
    {
        Assert.Equal([1, 3, 6, 4, 9, 15], Probe.Value(new CumulativeSum(1, false), _x));
        Assert.Equal([6, 5, 3, 15, 11, 6], Probe.Value(new CumulativeSum(1, true), _x));
        Assert.Equal([1, 2, 3, 5, 7, 9], Probe.Value(new CumulativeSum(0, false), _x));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DerivativesAgreeAndCountsHold(bool reverse)
    {
        Probe.Agree(new CumulativeSum(0, reverse), Selection.Default, _x);
        Probe.Agree(new CumulativeSum(1, reverse), Selection.Default, _x);
        Probe.Counts(new CumulativeSum(1, reverse), _x);
    }
}
