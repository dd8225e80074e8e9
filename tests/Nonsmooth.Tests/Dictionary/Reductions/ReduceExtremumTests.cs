namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class ReduceExtremumTests
{
    private static readonly Tensor _x = Probe.Reals(new Shape(2, 3), 1, 5, 2, 7, 3, 4);
    private static readonly Tensor _tied = Probe.Reals(new Shape(2, 3), 2, 1, 2, 4, 4, 4);
    private static readonly Tensor _g = Probe.Reals(new Shape(2), 6, 12);

    [Fact]
    public void Values()
    {
        Assert.Equal([5, 7], Probe.Value(new ReduceExtremum([1], false, true), _x));
        Assert.Equal([1, 3], Probe.Value(new ReduceExtremum([1], true, false), _x));
        Assert.Equal([7, 5, 4], Probe.Value(new ReduceExtremum([0], false, true), _x));
        Assert.Equal([7], Probe.Value(new ReduceExtremum([0, 1], false, true), _x));
        Assert.Equal([double.NaN], Probe.Value(
            new ReduceExtremum([0], false, true), Probe.Reals(new Shape(3), 1, double.NaN, 2)));
    }

    [Fact]
    public void TiesAverageByDefaultAsAmaxDoes()
    {
        var vjp = Probe.Vjp(new ReduceExtremum([1], false, true), Selection.Default, [_tied], _g);
        Assert.Equal([3, 0, 3, 4, 4, 4], vjp[0]);
    }

    [Fact]
    public void TiesFollowTheSelection()
    {
        double[] Under(TieRule rule) => Probe.Vjp(
            new ReduceExtremum([1], false, true), Selection.Default with { ReduceMaximumTies = rule }, [_tied], _g)[0];

        Assert.Equal([6, 0, 0, 12, 0, 0], Under(TieRule.First));
        Assert.Equal([0, 0, 6, 0, 0, 12], Under(TieRule.Last));
        Assert.Equal([-24, 0, 30, -68, 40, 40], Under(TieRule.Beta(10)).Select(v => Math.Round(v, 9)));
    }

    [Fact]
    public void EverySelectionCostsTheSame()
    {
        var costs = new[] { TieRule.First, TieRule.Average, TieRule.Beta(100) }.Select(rule => Probe.CotangentCost(
            new ReduceExtremum([1], false, true), Selection.Default with { ReduceMaximumTies = rule }, _tied));
        Assert.Single(costs.Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DerivativesAgree(bool largest)
    {
        var x = Probe.Random(new Shape(2, 3, 4), 5);
        Probe.Agree(new ReduceExtremum([1], false, largest), Selection.Default, x);
        Probe.Agree(new ReduceExtremum([0, 2], true, largest), Selection.Default, x);
        Probe.Agree(new ReduceExtremum([0, 1, 2], false, largest), Selection.Default, x);
        Probe.Adjoint(new ReduceExtremum([1], false, largest), Selection.Default with { ReduceMaximumTies = TieRule.Beta(3) }, _tied);
        Probe.Counts(new ReduceExtremum([0, 2], true, largest), x);
        Probe.Counts(new ReduceExtremum([], true, largest), x);
    }

    [Fact]
    public void NothingHasNoMaximum() => Assert.Equal(
        "max over [1] of 2×0, which is empty: it has no value",
        Assert.Throws<ShapeException>(() => new ReduceExtremum([1], false, true).InferTypes([new Shape(2, 0)])).Message);
}
