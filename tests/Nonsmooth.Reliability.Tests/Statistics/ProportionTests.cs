using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Reliability.Tests.Statistics;

public class ProportionTests
{
    [Theory]
    [InlineData(1000, 0.0429)]
    [InlineData(100, 0.1358)]
    [InlineData(391, 0.0687)]
    public void Hoeffding_s_half_widths_are_those_of_the_specification(long trials, double expected) =>
        Assert.Equal(expected, Proportion.HoeffdingHalfWidth(trials), 4);

    // Tables of exact binomial limits.
    [Theory]
    [InlineData(0, 10, 0, 0.3085)]
    [InlineData(10, 10, 0.6915, 1)]
    [InlineData(5, 10, 0.1871, 0.8129)]
    [InlineData(1, 20, 0.0013, 0.2487)]
    public void Clopper_and_Pearson_s_limits_are_the_tabulated_ones(long successes, long trials, double low, double high)
    {
        var interval = new Proportion(successes, trials).ClopperPearson();
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void With_every_batch_McDiarmid_s_interval_is_Hoeffding_s_over_the_draws()
    {
        var proportion = new Proportion(50, 100);
        Assert.Equal(proportion.Hoeffding().Low, proportion.McDiarmid(100, double.PositiveInfinity).Low, 12);
        Assert.True(proportion.McDiarmid(10, 10).HalfWidth > proportion.McDiarmid(10, double.PositiveInfinity).HalfWidth);
    }

    [Fact]
    public void An_interval_stays_within_0_and_1()
    {
        Assert.Equal(0, new Proportion(0, 5).Hoeffding().Low);
        Assert.Equal(1, new Proportion(5, 5).Hoeffding().High);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    [InlineData(-1, 2)]
    public void Impossible_counts_are_refused(long successes, long trials) =>
        Assert.Contains($"{successes} of {trials}", Assert.Throws<NonsmoothException>(() => new Proportion(successes, trials)).Message);

    [Fact]
    public void A_risk_of_5_instead_of_5_percent_is_refused() =>
        Assert.Contains("0.05", Assert.Throws<NonsmoothException>(() => new Proportion(1, 2).ClopperPearson(5)).Message);
}
