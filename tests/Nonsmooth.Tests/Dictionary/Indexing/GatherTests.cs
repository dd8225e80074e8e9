using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Indexing;

public sealed class GatherTests
{
    private static readonly Tensor _x = Probe.Reals(new Shape(2, 3), 1, 2, 3, 4, 5, 6);

    [Fact]
    public void PicksAlongTheInnerAxis() => Assert.Equal(
        [3, 1, 1, 2, 4, 6, 5, 5], Probe.Value(new Gather(1), _x, Probe.Indices(new Shape(2, 4), 2, 0, 0, 1, 0, 2, 1, 1)));

    [Fact]
    public void PicksAlongTheOuterAxis() =>
        Assert.Equal([4, 2], Probe.Value(new Gather(0), _x, Probe.Indices(new Shape(1, 2), 1, 0)));

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void OutOfRangeIsNamed(long index)
    {
        var e = Assert.Throws<NonsmoothException>(() => Probe.Value(new Gather(1), _x, Probe.Indices(new Shape(2, 1), 0, index)));
        Assert.Equal($"gather: index {index} at position 1 is out of range: use one in [0, 3)", e.Message);
    }

    [Fact]
    public void DerivativesAgree()
    {
        Probe.Agree(new Gather(1), Selection.Default, _x, Probe.Indices(new Shape(2, 4), 2, 0, 0, 1, 0, 2, 1, 1));
        Probe.Agree(new Gather(1), Selection.Default, _x, Probe.Indices(new Shape(1, 2), 2, 2));
    }

    [Fact]
    public void LongerIndexIsRefused() => Assert.Throws<ShapeException>(
        () => new Gather(1).InferTypes([new Shape(2, 3), TensorType.Index(new Shape(3, 3))]));
}
