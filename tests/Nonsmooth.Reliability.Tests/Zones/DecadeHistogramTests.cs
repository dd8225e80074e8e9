using Nonsmooth.Reliability.Zones;

namespace Nonsmooth.Reliability.Tests.Zones;

public class DecadeHistogramTests
{
    [Fact]
    public void Zeros_and_what_is_not_finite_are_apart()
    {
        var histogram = DecadeHistogram.Of([0, 0, double.NaN, 1, 9.99, 2e-8, 1e-7]);
        Assert.Equal(2, histogram.Zeros);
        Assert.Equal(1, histogram.NonFinite);
        Assert.Equal([(-8, 1), (-7, 1), (0, 2)], histogram.Decades.Select(d => (d.Key, d.Value)));
    }

    [Fact]
    public void The_gap_is_the_widest_run_of_empty_decades()
    {
        Assert.Equal((-6, -1), DecadeHistogram.Of([1e-9, 2e-7, 0.5, 20]).Gap());
        Assert.Null(DecadeHistogram.Of([1e-9, 1e-8]).Gap());
    }
}
