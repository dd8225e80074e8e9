using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Tests.Studies;

public class MeanDifferenceTests
{
    // t(0.975, 3) = 3.182446: tables of Student's distribution.
    [Fact]
    public void The_interval_is_students()
    {
        var d = MeanDifference.Of([1, 2, 3, 4]);
        Assert.Equal(2.5, d.Mean);
        Assert.Equal(1.2909944487, d.Deviation, 9);
        Assert.Equal(3.182446 * 1.2909944487 / 2, d.HalfWidth, 5);
        Assert.False(d.IncludesZero);
    }

    [Fact]
    public void Fewer_than_two_pairs_bound_nothing()
    {
        Assert.True(double.IsPositiveInfinity(MeanDifference.Of([3]).HalfWidth));
        Assert.True(double.IsNaN(MeanDifference.Of([]).Mean));
    }
}
