using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Indexing;

public sealed class EmbeddingTests
{
    private static readonly Tensor _table = Probe.Reals(new Shape(3, 2), 1, 2, 3, 4, 5, 6);
    private static readonly Tensor _index = Probe.Indices(new Shape(2, 2), 2, 0, 2, 2);

    [Fact]
    public void PicksRows() => Assert.Equal([5, 6, 1, 2, 5, 6, 5, 6], Probe.Value(new Embedding(), _table, _index));

    [Fact]
    public void DerivativesAgree() => Probe.Agree(new Embedding(), Selection.Default, _table, _index);

    [Fact]
    public void OutOfRangeIsNamed()
    {
        var e = Assert.Throws<NonsmoothException>(() => Probe.Value(new Embedding(), _table, Probe.Indices(Shape.Scalar, 3)));
        Assert.Equal("embedding: index 3 at position 0 is out of range: use one in [0, 3)", e.Message);
    }
}
