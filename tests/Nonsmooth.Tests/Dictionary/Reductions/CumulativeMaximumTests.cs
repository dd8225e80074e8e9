namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class CumulativeMaximumTests
{
    private static readonly Tensor _tied = Probe.Reals(new Shape(6), 2, 2, 1, 2, 5, 5);

    [Fact]
    public void LatestIndexAtTies()
    {
        var results = Probe.Values(new CumulativeMaximum(0), Probe.Reals(new Shape(4), 2, 2, 1, 2));
        Assert.Equal([2, 2, 2, 2], Probe.Numbers(results[0]));
        Assert.Equal([0, 1, 1, 3], Probe.Numbers(results[1]));
    }

    [Fact]
    public void NaNStays()
    {
        var results = Probe.Values(new CumulativeMaximum(0), Probe.Reals(new Shape(4), 1, double.NaN, 3, double.NaN));
        Assert.Equal([1, double.NaN, double.NaN, double.NaN], Probe.Numbers(results[0]));
        Assert.Equal([0, 1, 1, 3], Probe.Numbers(results[1]));
    }

    [Fact]
    public void TangentsFollowTheRuleAmongAllTiedSoFar()
    {
        double[] Under(TieRule rule) => Probe.Jvp(
            new CumulativeMaximum(0),
            Selection.Default with { CumulativeMaximumTies = rule },
            [_tied],
            [Probe.Reals(new Shape(6), 12, 6, 1, 9, 4, 8)]);

        Assert.Equal([12, 6, 6, 9, 4, 8], Under(TieRule.Last));
        Assert.Equal([12, 12, 12, 12, 4, 4], Under(TieRule.First));
        Assert.Equal([12, 9, 9, 9, 4, 6], Under(TieRule.Average).Select(v => Math.Round(v, 12)));
    }

    [Fact]
    public void DefaultIsTheLatestAsInLibtorch() => Assert.Equal(
        [1, 2, 0, 1, 1, 1],
        Probe.Vjp(new CumulativeMaximum(0), Selection.Default, [_tied], Probe.Reals(new Shape(6), 1, 1, 1, 1, 1, 1))[0]);

    [Fact]
    public void DerivativesAgreeAndCountsHold()
    {
        var x = Probe.Random(new Shape(3, 5), 11);
        Probe.Agree(new CumulativeMaximum(0), Selection.Default, x);
        Probe.Agree(new CumulativeMaximum(1), Selection.Default, x);
        Probe.Counts(new CumulativeMaximum(1), x);
        foreach (var rule in new[] { TieRule.First, TieRule.Last, TieRule.Average, TieRule.Beta(7) })
        {
            Probe.Adjoint(new CumulativeMaximum(0), Selection.Default with { CumulativeMaximumTies = rule }, _tied);
        }
    }
}
