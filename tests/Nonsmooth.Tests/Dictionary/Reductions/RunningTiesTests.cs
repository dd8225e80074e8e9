namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class RunningTiesTests
{
    private static readonly Tensor _x = Probe.Reals(new Shape(2, 4), 1, 3, 3, 2, 0, 0, 0, -1);
    private static readonly Tensor _t = Probe.Random(new Shape(2, 4), 5);

    public static TheoryData<string, TieRule> Rules => new()
    {
        { "first", TieRule.First },
        { "last", TieRule.Last },
        { "average", TieRule.Average },
        { "beta", TieRule.Beta(10) },
    };

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public void TransposesAgreeAndEveryRuleCostsTheSame(string name, TieRule rule)
    {
        Assert.StartsWith(name, rule.Name, StringComparison.Ordinal);
        Probe.Counts(new CumulativeMaximumTangent(1, rule), _t, _x);
        Probe.Counts(new CumulativeMaximumCotangent(1, rule), _t, _x);
        Probe.Adjoint(new CumulativeMaximumTangent(1, rule), Selection.Default, _t, _x);
        Probe.Adjoint(new CumulativeMaximumCotangent(0, rule), Selection.Default, _t, _x);
    }

    [Fact]
    public void WeightZeroKeepsInfinityOut() => Assert.Equal(
        [1, 2],
        Probe.Value(
            new CumulativeMaximumTangent(0, TieRule.Last),
            Probe.Reals(new Shape(3), double.PositiveInfinity, 1, 2),
            Probe.Reals(new Shape(3), 1, 2, 3))[1..]);
}
