using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Indexing;

public sealed class EmbeddingScatterTests
{
    private static readonly Tensor _values = Probe.Reals(new Shape(3, 2), 1, 2, 3, 4, 5, 6);
    private static readonly Tensor _index = Probe.Indices(new Shape(3), 1, 3, 1);

    [Fact]
    public void AddsRowsUp()
    {
        Assert.Equal([0, 0, 6, 8, 0, 0, 3, 4], Probe.Value(new EmbeddingScatter(4), _values, _index));
        Probe.Counts(new EmbeddingScatter(4), _values, _index);
    }

    [Fact]
    public void DerivativesAgree() => Probe.Agree(new EmbeddingScatter(4), Selection.Default, _values, _index);

    [Fact]
    public void OtherAxesAreRefused() => Assert.Throws<ShapeException>(
        () => new EmbeddingScatter(4).InferTypes([new Shape(3, 2), TensorType.Index(new Shape(2))]));
}
