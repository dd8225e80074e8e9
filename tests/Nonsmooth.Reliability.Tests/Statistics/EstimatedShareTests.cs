using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Reliability.Tests.Statistics;

public class EstimatedShareTests
{
    [Fact]
    public void Fewer_than_twenty_draws_give_counts_and_no_interval()
    {
        var few = EstimatedShare.OverParameters([.. Enumerable.Repeat(1, 19)], 2, 78);
        Assert.Null(few.Interval());
        Assert.Equal((19, 38), (few.Count.Successes, few.Count.Trials));
        Assert.Contains("no interval, fewer than 20 draws", few.Independence);
        Assert.NotNull(EstimatedShare.OverParameters([.. Enumerable.Repeat(1, 20)], 2, 78).Interval());
        Assert.Null(EstimatedShare.OfDraws(3, 19, 5).Interval());
        Assert.NotNull(EstimatedShare.OfDraws(3, 20, 5).Interval());
        Assert.Null(EstimatedShare.GivenParameters(3, 19, 78).Interval());
        Assert.NotNull(EstimatedShare.GivenParameters(3, 20, 78).Interval());
    }

    [Fact]
    public void All_batches_at_given_parameters_are_exact()
    {
        var all = EstimatedShare.GivenParameters(31, 78, 78);
        Assert.True(all.IsExact);
        Assert.Null(all.Interval());
        Assert.Contains("exact", all.Independence);
        Assert.False(EstimatedShare.OverParameters([31, 30], 78, 78).IsExact);
    }

    [Fact]
    public void Each_estimand_says_what_it_is_a_share_of()
    {
        Assert.Equal("batches of the data (78), given the parameters", EstimatedShare.GivenParameters(3, 20, 78).Of);
        Assert.Equal("20 batches drawn without replacement", EstimatedShare.GivenParameters(3, 20, 78).Independence);
        Assert.Equal("batches of the data (78), in the mean over draws of the parameters", EstimatedShare.OverParameters([1, 2], 2, 78).Of);
        Assert.Contains("draws of the parameters", EstimatedShare.OfDraws(1, 2, 1).Of);
        Assert.Contains("1 batch", EstimatedShare.OfDraws(1, 2, 1).Of);
    }

    // By hand: P(X = 0) is 0.043 with 4 of 20 and 0.016 with 5; P(X ≤ 1) is 0.029 with 7 and 0.0099 with 8.
    [Theory]
    [InlineData(0, 10, 20, 0, 4)]
    [InlineData(10, 10, 20, 16, 20)]
    [InlineData(1, 10, 20, 1, 7)]
    [InlineData(2, 4, 4, 2, 2)]
    public void A_finite_population_s_limits_are_those_of_the_hypergeometric_distribution(int successes, int sample, int population, int low, int high)
    {
        var interval = FinitePopulation.Interval(successes, sample, population);
        Assert.Equal(low, interval.Low * population, 9);
        Assert.Equal(high, interval.High * population, 9);
    }

    [Fact]
    public void Draws_that_agree_give_a_narrower_interval_than_ones_that_are_all_or_nothing()
    {
        var alike = EstimatedShare.OverParameters([.. Enumerable.Repeat(10, 40)], 20, 78).Interval()!.Value;
        var apart = EstimatedShare.OverParameters([.. Enumerable.Range(0, 40).Select(i => 20 * (i % 2))], 20, 78).Interval()!.Value;
        Assert.True(alike.HalfWidth < 0.5 * apart.HalfWidth);
        Assert.True(apart.Contains(0.5) && alike.Contains(0.5));

        // Never wider than Hoeffding's by much, and than Clopper and Pearson's by half, which the draws themselves would have.
        Assert.InRange(apart.HalfWidth, new Proportion(20, 40).ClopperPearson().HalfWidth, Proportion.HoeffdingHalfWidth(40));
        Assert.InRange(BoundedMean.Interval([.. new double[20]]).High, 0.16, 0.21);
    }

    [Theory]
    [InlineData(0, 0.5, 1)]
    [InlineData(0.1, 0.2, 0.15)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    public void A_mean_is_contained_exactly_between_the_interval_s_ends(double a, double b, double c)
    {
        double[] shares = [a, b, c];
        double[] values = [.. Enumerable.Range(0, 25).Select(i => shares[i % 3])];
        var interval = BoundedMean.Interval(values);
        for (int i = 0; i <= 200; i++)
        {
            double mean = i / 200.0;
            Assert.True(Math.Min(Math.Abs(mean - interval.Low), Math.Abs(mean - interval.High)) < 1e-6 || interval.Contains(mean) == BoundedMean.Contains(values, mean));
        }
    }

    [Fact]
    public void Impossible_numbers_are_refused()
    {
        Assert.Contains("79 batches run of 78", Assert.Throws<NonsmoothException>(() => EstimatedShare.GivenParameters(3, 79, 78)).Message);
        Assert.Throws<NonsmoothException>(() => EstimatedShare.OverParameters([3], 2, 78));
        Assert.Throws<NonsmoothException>(() => BoundedMean.Interval([0.5, double.NaN]));
        Assert.Throws<NonsmoothException>(() => BoundedMean.Interval([]));
        Assert.Throws<NonsmoothException>(() => FinitePopulation.Interval(1, 0, 5));
    }
}
