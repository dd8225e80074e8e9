namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class TieWeightsTests
{
    private static readonly Tensor _x = Probe.Reals(new Shape(2, 4), 3, 1, 3, 3, 5, 0, -0.0, 1);
    private static readonly Tensor _max = Probe.Reals(new Shape(2, 1), 3, 5);

    [Fact]
    public void FollowsTheRule()
    {
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0], Probe.Value(new TieWeights([1], TieRule.First), _x, _max));
        Assert.Equal([0, 0, 0, 1, 1, 0, 0, 0], Probe.Value(new TieWeights([1], TieRule.Last), _x, _max));
        Assert.Equal([1.0 / 3, 0, 1.0 / 3, 1.0 / 3, 1, 0, 0, 0], Probe.Value(new TieWeights([1], TieRule.Average), _x, _max));
        Assert.Equal([-5, 0, 3, 3, 1, 0, 0, 0], Probe.Value(new TieWeights([1], TieRule.Beta(9)), _x, _max));
        var ranked = TieRule.Custom("ranked", (k, i) => i + (0.125 * k));
        Assert.Equal([0.375, 0, 1.375, 2.375, 1, 0, 0, 0], Probe.Value(new TieWeights([1], ranked), _x, _max));
    }

    [Fact]
    public void RanksCountInRowMajorOrderOverAxesApart()
    {
        var x = Probe.Reals(new Shape(2, 2, 2), 1, 2, 1, 0, 1, 2, 0, 2);
        var ranked = TieRule.Custom("rank", (_, i) => i + 1);
        Assert.Equal(
            [1, 1, 2, 0, 3, 2, 0, 3],
            Probe.Value(new TieWeights([0, 1], ranked), x, Probe.Reals(new Shape(1, 1, 2), 1, 2)));
    }

    [Fact]
    public void ZerosTieAndNaNsTie()
    {
        Assert.Equal([0.5, 0.5], Probe.Value(
            new TieWeights([0], TieRule.Average), Probe.Reals(new Shape(2), 0.0, -0.0), Probe.Reals(new Shape(1), 0)));
        Assert.Equal([0, 0.5, 0.5], Probe.Value(
            new TieWeights([0], TieRule.Average),
            Probe.Reals(new Shape(3), 1, double.NaN, double.NaN),
            Probe.Reals(new Shape(1), double.NaN)));
    }

    [Fact]
    public void EveryRuleCostsTheSame()
    {
        foreach (var rule in new[] { TieRule.First, TieRule.Last, TieRule.Average, TieRule.Beta(10) })
        {
            Probe.Counts(new TieWeights([1], rule), _x, _max);
        }
    }
}
