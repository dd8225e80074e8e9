namespace Nonsmooth.Tests.Dictionary.Reductions;

public sealed class SafeDivideTests
{
    private static readonly Tensor _a = Probe.Reals(new Shape(3), 6, 5, -4);
    private static readonly Tensor _b = Probe.Reals(new Shape(3), 3, 0, -8);

    [Fact]
    public void ConstantWhereTheDivisorIsZero()
    {
        Assert.Equal([2, 7, 0.5], Probe.Value(new SafeDivide(7), _a, _b));
        Assert.Equal([2, double.NaN, 0.5], Probe.Value(new SafeDivide(double.NaN), _a, _b));
        Probe.Counts(new SafeDivide(7), _a, _b);
    }

    [Fact]
    public void DerivativesAgreeAwayFromZero() =>
        Probe.Agree(new SafeDivide(1), Selection.Default, _a, Probe.Reals(new Shape(3), 3, 2, -8));

    [Fact]
    public void DerivativeIsZeroAtZero()
    {
        var vjp = Probe.Vjp(new SafeDivide(7), Selection.Default, [_a, _b], Probe.Reals(new Shape(3), 1, 1, 1));
        Assert.Equal(0, vjp[0][1]);
        Assert.Equal(0, vjp[1][1]);
    }
}
