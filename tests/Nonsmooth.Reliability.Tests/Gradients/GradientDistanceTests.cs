using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Tests.Gradients;

public class GradientDistanceTests
{
    [Fact]
    public void Norms_are_summed_over_tensors()
    {
        var g = new Gradient(0, [[1, 2], [3, 4]]);
        var h = new Gradient(0, [[1, 2.5], [3.25, 5]]);
        var distance = GradientDistance.Between(g, h);
        Assert.Equal(0.5 + 1.25, distance.SumL1);
        Assert.Equal(0.5 + 1, distance.SumInfinity);
        Assert.Equal(Math.Sqrt((0.25 + 0.0625 + 1) / 30), distance.Relative, 15);
        Assert.Equal(3, distance.Differing);
    }

    [Fact]
    public void Equal_zeros_of_both_signs_and_equal_NaN_are_no_difference() =>
        Assert.True(GradientDistance.Between(new(0, [[0.0, double.NaN]]), new(0, [[-0.0, double.NaN]])).IsZero);

    [Fact]
    public void A_NaN_against_a_number_differs()
    {
        var distance = GradientDistance.Between(new(0, [[double.NaN, 1]]), new(0, [[2, 1]]));
        Assert.False(distance.IsZero);
        Assert.Equal(1, distance.NonFinite);
        Assert.True(double.IsNaN(distance.SumL1));
    }
}
