using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Logic;

public sealed class SelectTests
{
    private static readonly Tensor _mask = Probe.Mask(new Shape(3), true, false, true);
    private static readonly Tensor _a = Probe.Reals(new Shape(3), 1, 2, 3);
    private static readonly Tensor _b = Probe.Reals(new Shape(3), 4, 5, double.NaN);

    [Fact]
    public void TakesTheBranch() => Assert.Equal([1, 5, 3], Probe.Value(new Select(), _mask, _a, _b));

    [Fact]
    public void TakesIndicesToo() => Assert.Equal(
        [1, 5, 3], Probe.Value(new Select(), _mask, Probe.Indices(new Shape(3), 1, 2, 3), Probe.Indices(new Shape(3), 4, 5, 6)));

    [Fact]
    public void CotangentsGoToTheBranchTaken()
    {
        var vjp = Probe.Vjp(new Select(), Selection.Default, [_mask, _a, _b], Probe.Reals(new Shape(3), 7, 8, 9));
        Assert.Empty(vjp[0]);
        Assert.Equal([7, 0, 9], vjp[1]);
        Assert.Equal([0, 8, 0], vjp[2]);
    }

    [Fact]
    public void DerivativesAgree() => Probe.Agree(new Select(), Selection.Default, _mask, _a, Probe.Random(new Shape(3), 1));

    [Fact]
    public void OtherKindsAreRefused() => Assert.Contains(
        "given bool 2, real 2 and index 2",
        Assert.Throws<ShapeException>(() => new Select().InferTypes(
            [TensorType.Boolean(new Shape(2)), new Shape(2), TensorType.Index(new Shape(2))])).Message,
        StringComparison.Ordinal);
}
