using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Reliability.Tests.Statistics;

public class SymmetricCentreTests
{
    [Theory]
    [InlineData(0.05, 6)]
    [InlineData(0.025, 7)]
    [InlineData(0.01, 8)]
    [InlineData(0.5, 2)]
    public void An_interval_takes_so_many_numbers(double risk, int needed)
    {
        Assert.Equal(needed, SymmetricCentre.Needed(risk));
        double[] values = [.. Enumerable.Range(0, needed).Select(i => (double)(i * i))];
        Assert.NotNull(SymmetricCentre.Interval(values, risk));
        Assert.Null(SymmetricCentre.Interval(values[1..], risk));
    }

    // Of six numbers one mean of 63 is left out on each side: the range.
    [Fact]
    public void Of_six_numbers_it_is_their_range()
    {
        var (low, high) = SymmetricCentre.Interval([1, 7, 3, -2, 0, 2])!.Value;
        Assert.Equal((-2, 7), (low, high), Close);
    }

    // Every mean of the 127 subsets, by hand the third from either end.
    [Fact]
    public void Of_seven_numbers_it_is_the_third_mean_of_a_subset()
    {
        var (low, high) = SymmetricCentre.Interval([0, 1, 2, 4, 8, 16, 32])!.Value;

        // 0, 0.5 = {0, 1}, 1 = {1} = {0, 2} = {0, 1, 2}; 32, 24 = {16, 32}, 20 = {8, 32}.
        Assert.Equal((1, 20), (low, high), Close);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(100)]
    public void Many_numbers_are_sampled_and_agree_with_students_of_normal_ones(int n)
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, n).Select(_ => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))];
        var (low, high) = SymmetricCentre.Interval(values)!.Value;
        double half = 1.98 * Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / (n - 1) / n);
        Assert.InRange((high - low) / 2, 0.85 * half, 1.2 * half);
        Assert.Equal((low, high), SymmetricCentre.Interval(values));
    }

    private static bool Close((double Low, double High) a, (double Low, double High) b) => Math.Abs(a.Low - b.Low) < 1e-12 && Math.Abs(a.High - b.High) < 1e-12;

    [Fact]
    public void A_number_that_is_not_finite_has_no_interval() => Assert.Null(SymmetricCentre.Interval([1, 2, 3, 4, 5, 6, double.NaN]));
}
