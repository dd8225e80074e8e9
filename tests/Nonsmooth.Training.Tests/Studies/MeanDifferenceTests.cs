using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Tests.Studies;

public class MeanDifferenceTests
{
    [Fact]
    public void Of_six_pairs_the_interval_is_their_range()
    {
        var d = MeanDifference.Of([1, 2, 3, 4, 5, 6]);
        Assert.Equal(3.5, d.Mean);
        Assert.Equal(1, d.Low, 12);
        Assert.Equal(6, d.High, 12);
        Assert.Equal(2.5, d.HalfWidth, 12);
        Assert.Equal(Math.Sqrt(3.5), d.Deviation, 12);
        Assert.True(d.HasInterval);
        Assert.False(d.IncludesZero);
    }

    [Fact]
    public void Fewer_pairs_have_no_interval_and_tell_nothing_apart()
    {
        var d = MeanDifference.Of([1, 2, 3, 4, 5]);
        Assert.Equal((3.0, false, true), (d.Mean, d.HasInterval, d.IncludesZero));
        Assert.True(double.IsPositiveInfinity(MeanDifference.Of([3]).HalfWidth));
        Assert.True(double.IsNaN(MeanDifference.Of([]).Mean));
        Assert.Equal("3 (5 pairs)", d.ToString());
    }

    [Fact]
    public void A_smaller_risk_takes_more_pairs()
    {
        double[] seven = [1, 2, 3, 4, 5, 6, 7];
        Assert.True(MeanDifference.Of(seven, 0.025).HasInterval);
        Assert.False(MeanDifference.Of(seven, 0.01).HasInterval);
    }
}
