using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Reliability.Tests.Profiles;

public class GradientHullTests
{
    private readonly GradientHull _tie = new([[1, 0, 0], [0, 1, 0], [1, 1e-7, 0]]);

    [Fact]
    public void SharesOfATieAreInside()
    {
        Assert.True(_tie.Contains([0.5, 0.5, 0]));
        Assert.True(_tie.Contains([1, 0, 0]));
        Assert.Equal([0.5, 0.5, 0], _tie.Least.Select(x => Math.Round(x, 6)));
    }

    [Fact]
    public void NegativeSharesAreOutsideButInTheSpan()
    {
        Assert.False(_tie.Contains([3, -2, 0]));
        Assert.True(_tie.Spans([3, -2, 0]));
    }

    [Fact]
    public void AllOnesAreInNeither()
    {
        Assert.False(_tie.Contains([1, 1, 0]));
        Assert.False(_tie.Spans([1, 1, 0]));
    }
}
