namespace Nonsmooth.Tests.Dictionary.Structure;

public sealed class ShufflesTests
{
    [Fact]
    public void ChannelsBecomePlanes()
    {
        Assert.Equal([1, 3, 2, 4, 5, 7, 6, 8], Written.Value(v => PixelShuffle(v, 2), new Shape(1, 4, 1, 2), Written.Numbers(8)));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Written.Value(v => PixelShuffle(v, 2), new Shape(8, 1, 1), Written.Numbers(8)));
        Assert.Equal([1, 3, 5, 7, 2, 4, 6, 8], Written.Value(v => PixelShuffle(v, 2, blocksFirst: true), new Shape(1, 8, 1, 1), Written.Numbers(8)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BackAndForthIsNothing(bool blocksFirst)
    {
        double[] x = Written.Numbers(2 * 8 * 2 * 3);
        Assert.Equal(x, Written.Value(v => PixelUnshuffle(PixelShuffle(v, 2, blocksFirst), 2, blocksFirst), new Shape(2, 8, 2, 3), x));
    }

    [Fact]
    public void SplitsAndStacks()
    {
        Assert.Equal([3, 6, 1, 2, 4, 5], Written.Value(
            x =>
            {
                var parts = Split(x, 1, 2);
                return Concatenate(0, parts[1].Reshape(new Shape(2)), parts[0].Reshape(new Shape(4)));
            },
            new Shape(2, 3),
            Written.Numbers(6)));
        Assert.Equal([1, 4, 2, 5, 3, 6], Written.Value(x => Stack(-1, x.Slice(0, 0, 1).Reshape(new Shape(3)), x.Slice(0, 1, 2).Reshape(new Shape(3))), new Shape(2, 3), Written.Numbers(6)));
        Assert.Throws<ShapeException>(() => Program.Trace(x => Split(x, 0, [1, 2])[0], new Shape(2)));
    }

    [Fact]
    public void TrianglesForgetWhatIsBeyond()
    {
        Assert.Equal([1, 0, 0, 4, 5, 0], Written.Value(x => Tril(x), new Shape(2, 3), 1, double.NaN, 3, 4, 5, 6));
        Assert.Equal([0, 2, 3, 0, 0, 6], Written.Value(x => Triu(x, 1), new Shape(2, 3), double.NaN, 2, 3, 4, double.PositiveInfinity, 6));
        Assert.Equal([0, 0, 0, 4, 0, 0], Written.Value(x => Tril(x, -1), new Shape(2, 3), Written.Numbers(6)));
        Assert.Equal([1, 0, 0, 4, 5, 0], Written.Gradient(Program.Trace(x => Tril(x), new Shape(2, 3)), "x", Written.Numbers(6)));
    }
}
