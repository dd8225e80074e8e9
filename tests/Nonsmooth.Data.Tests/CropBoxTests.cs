using Nonsmooth.Randomness;

namespace Nonsmooth.Data.Tests;

public sealed class CropBoxTests
{
    [Theory]
    [InlineData(341, 256, 224, 58, 16, 224)]
    [InlineData(256, 341, 224, 16, 58, 224)]
    [InlineData(40, 32, 32, 4, 0, 32)]
    [InlineData(20, 30, 32, 0, 5, 20)]
    [InlineData(33, 33, 32, 0, 0, 32)]
    public void TheMiddleIsAsPublishedAndSmallImagesAreTakenWhole(int width, int height, int size, int left, int top, int side) =>
        Assert.Equal(new CropBox(left, top, side, side), CropBox.Centre(width, height, size));

    [Theory]
    [InlineData(341, 256)]
    [InlineData(5, 500)]
    [InlineData(1, 1)]
    public void RandomPartsLieWithinTheImage(int width, int height) => Assert.All(Enumerable.Range(0, 2000), i =>
    {
        var box = CropBox.Random(width, height, new CounterRandom((ulong)i));
        Assert.True(box.Left >= 0 && box.Top >= 0 && box.Width >= 1 && box.Height >= 1 && box.Left + box.Width <= width && box.Top + box.Height <= height);
        Assert.InRange((double)box.Width / box.Height, width == 1 ? 1 : 0.6, 1.7);
    });

    [Fact]
    public void RandomPartsReachEveryCornerAndManySizes()
    {
        CropBox[] boxes = [.. Enumerable.Range(0, 5000).Select(i => CropBox.Random(100, 100, new CounterRandom((ulong)i)))];
        Assert.Contains(boxes, b => b.Left == 0 && b.Top > 0);
        Assert.Contains(boxes, b => b.Left > 0 && b.Left + b.Width == 100);
        Assert.InRange(boxes.Min(b => b.Width * b.Height), 700, 1000);
        Assert.InRange(boxes.Max(b => b.Width * b.Height), 9000, 10_000);
    }
}
