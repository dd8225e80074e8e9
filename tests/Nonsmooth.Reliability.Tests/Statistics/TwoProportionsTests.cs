using System.Diagnostics;
using MathNet.Numerics.Distributions;
using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Reliability.Tests.Statistics;

public class TwoProportionsTests
{
    // Barnard's test of 7 of 15 beside 12 of 15, one-sided: 0.03407 (worked example of scipy.stats.barnard_exact).
    [Fact]
    public void The_p_value_is_Barnard_s()
    {
        var two = new TwoProportions(new(7, 15), new(12, 15));
        Assert.InRange(two.PValue(), 2 * 0.03407, 2 * 0.03407 * 1.012);
        Assert.Equal(two.PValue(), new TwoProportions(new(12, 15), new(7, 15)).PValue(), 12);
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(7, 9)]
    [InlineData(12, 5)]
    [InlineData(10, 10)]
    public void By_enumeration_neither_the_test_nor_the_interval_exceeds_its_risk(int n, int m)
    {
        const double risk = 0.05;
        double[] steps = [0, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 0.99, 1];
        var misses = new double[steps.Length, steps.Length];
        var rejections = new double[steps.Length];
        for (int x = 0; x <= n; x++)
        {
            for (int y = 0; y <= m; y++)
            {
                var two = new TwoProportions(new(x, n), new(y, m));
                var interval = two.Interval(risk);
                bool rejected = two.PValue() < risk;
                Assert.True(interval.Contains(two.Difference));
                for (int i = 0; i < steps.Length; i++)
                {
                    double first = Binomial.PMF(steps[i], n, x);
                    rejections[i] += rejected ? first * Binomial.PMF(steps[i], m, y) : 0;
                    for (int j = 0; j < steps.Length; j++)
                    {
                        misses[i, j] += interval.Contains(steps[i] - steps[j]) ? 0 : first * Binomial.PMF(steps[j], m, y);
                    }
                }
            }
        }

        Assert.All(rejections, r => Assert.InRange(r, 0, risk));
        Assert.All(misses.Cast<double>(), r => Assert.InRange(r, 0, risk));
        Assert.True(new TwoProportions(new(0, n), new(m, m)).PValue() < risk, "a test that never rejects would pass too");
    }

    [Fact]
    public void A_p_value_below_the_risk_and_an_interval_without_0_are_one_statement()
    {
        for (int y = 0; y <= 30; y++)
        {
            var two = new TwoProportions(new(4, 25), new(y, 30));
            double p = two.PValue();
            if (Math.Abs(p - 0.05) > 0.001)
            {
                Assert.Equal(p < 0.05, !two.Interval(0.05).Contains(0));
            }
        }
    }

    [Fact]
    public void More_successes_never_lower_the_order_of_a_table()
    {
        for (int n = 1; n <= 12; n++)
        {
            for (int m = 1; m <= 12; m++)
            {
                for (int x = 0; x <= n; x++)
                {
                    for (int y = 0; y <= m; y++)
                    {
                        Assert.True(x == 0 || TableTail.PooledZ(x, n, y, m) >= TableTail.PooledZ(x - 1, n, y, m) - 1e-12);
                        Assert.True(y == 0 || TableTail.PooledZ(x, n, y, m) <= TableTail.PooledZ(x, n, y - 1, m) + 1e-12);
                    }
                }
            }
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void A_thousand_beside_a_thousand_is_told_as_by_the_normal_approximation()
    {
        var clock = Stopwatch.StartNew();
        var two = new TwoProportions(new(411, 1000), new(463, 1000));
        var interval = two.Interval();
        double p = two.PValue();

        // The normal approximation: z = −2.345, p = 0.019, ± 0.0434.
        Assert.InRange(p, 0.017, 0.023);
        Assert.InRange(interval.Low, -0.098, -0.093);
        Assert.InRange(interval.High, -0.010, -0.006);
        TestContext.Current.TestOutputHelper?.WriteLine($"{two}: p = {p:G3}, {interval}, {clock.Elapsed.TotalSeconds:F2} s");
    }

    [Fact]
    public void Equal_counts_do_not_differ_and_opposite_ones_do()
    {
        Assert.Equal(1, new TwoProportions(new(0, 40), new(0, 50)).PValue(), 9);
        Assert.InRange(new TwoProportions(new(0, 200), new(200, 200)).PValue(), 1e-6, 1e-5);
        Assert.Equal(-1, new TwoProportions(new(0, 3), new(3, 3)).Interval().Low);
    }

    [Fact]
    public void A_risk_of_5_is_refused() =>
        Assert.Contains("0.05", Assert.Throws<NonsmoothException>(() => new TwoProportions(new(1, 2), new(1, 2)).Interval(5)).Message);
}
