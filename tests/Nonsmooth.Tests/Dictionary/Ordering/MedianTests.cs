using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Ordering;

public sealed class MedianTests
{
    private static readonly Tensor _one = Probe.Reals(Shape.Scalar, 1);

    [Fact]
    public void LowerMedianAtItsFirstPosition()
    {
        var results = Probe.Values(new Median(1), Probe.Reals(new Shape(3, 4), 4, 1, 3, 2, 5, 7, 5, 5, 1, double.NaN, 3, double.NaN));
        Assert.Equal([2, 5, double.NaN], Probe.Numbers(results[0]));
        Assert.Equal([3, 0, 1], Probe.Numbers(results[1]));
    }

    [Fact]
    public void TiesFollowTheSelection()
    {
        var x = Probe.Reals(new Shape(5), 1, 4, 4, 4, 9);
        double[] Under(Selection selection) => Probe.Vjp(new Median(0), selection, [x], _one)[0];

        Assert.Equal([0, 1, 0, 0, 0], Under(Selection.Default));
        Assert.Equal([0, 1.0 / 3, 1.0 / 3, 1.0 / 3, 0], Under(Selection.MinimalNorm));
        Assert.Equal([0, 0, 0, 1, 0], Under(Selection.Default with { MedianTies = TieRule.Last }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void DerivativesAgreeAndCountsHold(int axis)
    {
        var x = Probe.Random(new Shape(4, 5), 19);
        Probe.Agree(new Median(axis), Selection.Default, x);
        Probe.Counts(new Median(axis), x);
    }

    [Fact]
    public void NothingHasNone() => Assert.Throws<ShapeException>(() => new Median(0).InferTypes([new Shape(0, 2)]));
}
