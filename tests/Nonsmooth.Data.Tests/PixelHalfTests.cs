namespace Nonsmooth.Data.Tests;

public sealed class PixelHalfTests
{
    private static readonly PixelHalf Half = new([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);

    [Fact]
    public void TakesTheFirst()
    {
        Assert.Equal([0, 0], Half.First(2).Labels);
        Assert.Equal([0, 0, 1, 1], Half.First(2).Pixels);
        Assert.Same(Half, Half.First(6));
    }

    [Theory]
    [InlineData(1, new byte[] { 0 })]
    [InlineData(3, new byte[] { 0, 3, 5 })]
    [InlineData(4, new byte[] { 0, 1, 3, 5 })]
    [InlineData(5, new byte[] { 0, 1, 3, 4, 5 })]
    public void TakesTheFirstOfEachClassInOrder(int count, byte[] images)
    {
        var taken = Half.FirstOfEachClass(count);
        Assert.Equal(images.SelectMany(image => new[] { image, image }), taken.Pixels);
        Assert.Equal(images.Select(image => Half.Labels[image]), taken.Labels);
    }

    [Fact]
    public void TakesAll() => Assert.Same(Half, Half.FirstOfEachClass(6));
}
