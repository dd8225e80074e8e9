using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Ordering;

public sealed class TopKTests
{
    [Fact]
    public void EarlierOfTiesFirst()
    {
        var x = Probe.Reals(new Shape(4), 2, 2, 2, 1);
        Assert.Equal([0, 1], Probe.Numbers(Probe.Values(new TopK(2, 0, true), x)[1]));
        Assert.Equal([3, 0], Probe.Numbers(Probe.Values(new TopK(2, 0, false), x)[1]));
        Assert.Equal([1, 2], Probe.Numbers(Probe.Values(new TopK(2, 0, false), x)[0]));
        Assert.Empty(Probe.Value(new TopK(0, 0, true), x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void DerivativesAgreeAndCountsHold(int axis)
    {
        var x = Probe.Random(new Shape(4, 5), 17);
        Probe.Agree(new TopK(2, axis, true), Selection.Default, x);
        Probe.Agree(new TopK(3, axis, false), Selection.Default, x);
        Probe.Counts(new TopK(2, axis, true), x);
    }

    [Fact]
    public void TooManyAreRefused() => Assert.Equal(
        "cannot take 6 of axis 1 of 4×5: use k in [0, 5]",
        Assert.Throws<ShapeException>(() => new TopK(6, 1, true).InferTypes([new Shape(4, 5)])).Message);
}
