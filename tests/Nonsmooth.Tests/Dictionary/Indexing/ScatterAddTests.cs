using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Indexing;

public sealed class ScatterAddTests
{
    private static readonly Tensor _values = Probe.Reals(new Shape(2, 3), 1, 2, 3, 4, 5, 6);
    private static readonly Tensor _index = Probe.Indices(new Shape(2, 3), 0, 3, 0, 1, 1, 1);

    [Fact]
    public void AddsUp()
    {
        Assert.Equal([4, 0, 0, 2, 0, 15, 0, 0], Probe.Value(new ScatterAdd(1, 4), _values, _index));
        Assert.Equal([0, 0, 0, 0], Probe.Value(new ScatterAdd(1, 2), Probe.Reals(new Shape(2, 0)), Probe.Indices(new Shape(2, 0))));
    }

    [Fact]
    public void DerivativesAgree() => Probe.Agree(new ScatterAdd(1, 4), Selection.Default, _values, _index);

    [Fact]
    public void CountsOneAdditionAValue() => Probe.Counts(new ScatterAdd(1, 4), _values, _index);

    [Fact]
    public void OutOfRangeIsNamed() => Assert.StartsWith(
        "scatter_add: index 3 at position 1",
        Assert.Throws<NonsmoothException>(() => Probe.Value(new ScatterAdd(1, 3), _values, _index)).Message,
        StringComparison.Ordinal);
}
