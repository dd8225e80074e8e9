namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class NormTests
{
    private static readonly Tensor _one = Probe.Reals(Shape.Scalar, 1);

    [Fact]
    public void Values()
    {
        var x = Probe.Reals(new Shape(2, 2), 3, -4, 0, -2);
        Assert.Equal([7, 2], Probe.Value(new Norm(1, [1], false), x));
        Assert.Equal([5, 2], Probe.Value(new Norm(2, [1], true), x));
        Assert.Equal([4, 2], Probe.Value(new Norm(double.PositiveInfinity, [1], false), x));
        Assert.Equal([0, 0], Probe.Value(new Norm(2, [1], false), Probe.Reals(new Shape(2, 0))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(double.PositiveInfinity)]
    public void DerivativesAgreeAndCountsHold(double order)
    {
        var x = Probe.Random(new Shape(2, 3, 2), 7);
        Probe.Agree(new Norm(order, [1], false), Selection.Default, x);
        Probe.Agree(new Norm(order, [0, 2], true), Selection.Default, x);
        Probe.Counts(new Norm(order, [1], false), x);
        Probe.Counts(new Norm(order, [0, 1, 2], false), x);
    }

    [Fact]
    public void OneNormTakesTheSlopeOfAbsAtZero()
    {
        var x = Probe.Reals(new Shape(3), 2, 0, -1);
        Assert.Equal([1, 0, -1], Probe.Vjp(new Norm(1, [0], false), Selection.Default, [x], _one)[0]);
        Assert.Equal([1, 1, -1], Probe.Vjp(new Norm(1, [0], false), Selection.Jax, [x], _one)[0]);
    }

    [Fact]
    public void TwoNormTakesTheSelectedSlopeAtTheZeroVector()
    {
        var zero = Probe.Reals(new Shape(2), 0, 0);
        double[] Under(Selection selection) => Probe.Vjp(new Norm(2, [0], false), selection, [zero], _one)[0];

        Assert.Equal([0, 0], Under(Selection.Default));
        Assert.Equal([1, 1], Under(Selection.Default with { NormAtZero = 1 }));
        Assert.Equal([double.NaN, double.NaN], Under(Selection.Jax));
    }

    [Fact]
    public void InfinityNormSharesTheSignAmongTies()
    {
        var x = Probe.Reals(new Shape(3), 2, -2, 1);
        var norm = new Norm(double.PositiveInfinity, [0], false);
        Assert.Equal([0.5, -0.5, 0], Probe.Vjp(norm, Selection.Default, [x], _one)[0]);
        Assert.Equal([0, -1, 0], Probe.Vjp(norm, Selection.Default with { InfinityNormTies = TieRule.Last }, [x], _one)[0]);
        Assert.Equal([0, 0, 0], Probe.Vjp(norm, Selection.Default, [Probe.Reals(new Shape(3), 0, 0, 0)], _one)[0]);
    }

    [Fact]
    public void OtherOrdersAreRefused() => Assert.Equal(
        "norm of order 0.5: use 1, 2 or infinity", Assert.Throws<NonsmoothException>(() => new Norm(0.5, [0], false)).Message);
}
