namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class ArgMaxTests
{
    [Fact]
    public void FirstAtTies()
    {
        var x = Probe.Reals(new Shape(2, 3), 1, 3, 3, 2, 2, 2);
        Assert.Equal([1, 0], Probe.Value(new ArgMax(1), x));
        Assert.Equal([1, 0, 0], Probe.Value(new ArgMax(0), x));
        Probe.Counts(new ArgMax(1), x);
        Probe.Counts(new ArgMax(0), x);
    }

    [Fact]
    public void FirstNaN() =>
        Assert.Equal([1], Probe.Value(new ArgMax(0), Probe.Reals(new Shape(4), 1, double.NaN, 9, double.NaN)));

    [Fact]
    public void HasNoDerivative() =>
        Assert.Empty(Probe.Jvp(new ArgMax(0), Selection.Default, [Probe.Random(new Shape(3), 1)], [Probe.Random(new Shape(3), 2)]));

    [Fact]
    public void NothingHasNone() => Assert.Throws<ShapeException>(() => new ArgMax(0).InferTypes([new Shape(0, 2)]));
}
