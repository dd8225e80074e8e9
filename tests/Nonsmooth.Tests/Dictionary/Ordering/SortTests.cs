using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Ordering;

public sealed class SortTests
{
    private const double NaN = double.NaN;
    private static readonly Tensor _x = Probe.Reals(new Shape(6), 3, NaN, 1, 3, -0.0, 0.0);

    [Fact]
    public void StableWithNaNGreatest()
    {
        var ascending = Probe.Values(new Sort(0, false), _x);
        Assert.Equal([-0.0, 0, 1, 3, 3, NaN], Probe.Numbers(ascending[0]));
        Assert.Equal([4, 5, 2, 0, 3, 1], Probe.Numbers(ascending[1]));
        var descending = Probe.Values(new Sort(0, true), _x);
        Assert.Equal([NaN, 3, 3, 1, -0.0, 0], Probe.Numbers(descending[0]));
        Assert.Equal([1, 0, 3, 2, 4, 5], Probe.Numbers(descending[1]));
    }

    [Fact]
    public void SortsAnyLineAsLinqDoes()
    {
        for (int n = 0; n < 40; n++)
        {
            var random = new Random(n);
            double[] x = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(6))];
            var order = Enumerable.Range(0, n).OrderBy(i => x[i]).Select(i => (double)i);
            Assert.Equal(order, Probe.Numbers(Probe.Values(new Sort(0, false), Probe.Reals(new Shape(n), x))[1]));
            order = Enumerable.Range(0, n).OrderByDescending(i => x[i]).Select(i => (double)i);
            Assert.Equal(order, Probe.Numbers(Probe.Values(new Sort(0, true), Probe.Reals(new Shape(n), x))[1]));
            Probe.Counts(new Sort(0, false), Probe.Reals(new Shape(n), x));
        }
    }

    [Fact]
    public void CotangentsGoBackByThePermutation() => Assert.Equal(
        [2, 3, 1],
        Probe.Vjp(
            new Sort(0, false), Selection.Default, [Probe.Reals(new Shape(3), 5, 5, 1)], Probe.Reals(new Shape(3), 1, 2, 3))[0]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void DerivativesAgreeAndCountsHold(int axis)
    {
        var x = Probe.Random(new Shape(4, 5), 13);
        Probe.Agree(new Sort(axis, false), Selection.Default, x);
        Probe.Agree(new Sort(axis, true), Selection.Default, x);
        Probe.Counts(new Sort(axis, true), x);
    }
}
