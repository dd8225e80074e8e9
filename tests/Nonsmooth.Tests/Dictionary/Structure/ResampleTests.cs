using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Structure;

public sealed class ResampleTests
{
    private static readonly AxisMap _map = AxisMap.Of(3, [[(0, 0.5), (2, 0.25)], [], [(1, 1.0)], [(2, -1.0), (0, 1.0)]]);

    [Fact]
    public void AddsWeighted()
    {
        Assert.Equal([1.25, 0, 2, -2, 3.5, 0, 5, -2], Probe.Value(new Resample(1, _map), Probe.Reals(new Shape(2, 3), 1, 2, 3, 4, 5, 6)));
        Assert.Equal([1.75, 2.5, 0, 0, 3, 4, -4, -4], Probe.Value(new Resample(0, _map), Probe.Reals(new Shape(3, 2), 1, 2, 3, 4, 5, 6)));
    }

    [Fact]
    public void DerivativesAgree() => Probe.Agree(new Resample(1, _map), Selection.Default, Probe.Random(new Shape(2, 3, 2), 1));

    [Fact]
    public void CountsWhatIsNotOne() => Probe.Counts(new Resample(0, _map), Probe.Random(new Shape(3, 4), 2));

    [Fact]
    public void ElementsWithoutWeightAreNotRead()
    {
        var map = AxisMap.Of(2, [[(0, 1.0), (1, 0.0)]]);
        Assert.Equal([7], Probe.Value(new Resample(0, map), Probe.Reals(new Shape(2), 7, double.NaN)));
    }

    [Fact]
    public void EqualMapsAreOneFunction()
    {
        var other = AxisMap.Of(3, [[(0, 0.5), (2, 0.125), (2, 0.125)], [], [(1, 1.0)], [(2, -1.0), (0, 1.0)]]);
        Assert.Equal(new Resample(1, _map), new Resample(1, other));
        Assert.Equal(new Resample(1, _map).GetHashCode(), new Resample(1, other).GetHashCode());
        Assert.NotEqual(_map, _map.Transposed);
        Assert.Same(_map, _map.Transposed.Transposed);
        Assert.NotEqual(AxisMap.Of(3, [[(0, 0.5)]]), AxisMap.Of(4, [[(0, 0.5)]]));
    }

    [Fact]
    public void WrongMapsAreRefused()
    {
        Assert.Contains("element 3 of 3", Assert.Throws<ShapeException>(() => AxisMap.Of(3, [[(3, 1.0)]])).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => AxisMap.Of(3, [[(0, double.NaN)]]));
        Assert.Throws<ShapeException>(() => new Resample(0, _map).InferTypes([new Shape(4)]));
    }
}
