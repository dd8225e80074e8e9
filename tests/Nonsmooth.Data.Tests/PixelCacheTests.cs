using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class PixelCacheTests
{
    private static readonly ImageShape Shape = new(1, 1, 2);
    private static readonly PixelHalves Halves = new(new([3, 1], [1, 2, 3, 4]), new([7], [5, 6]));

    [Fact]
    public void ReadsWhatItWrote()
    {
        using var folder = new TemporaryFolder();
        var cache = new PixelCache(Path.Combine(folder.Path, "made", "x"), "source 1", Shape);
        Assert.Null(cache.Read());
        cache.Write(Halves);
        var read = Assert.IsType<PixelHalves>(cache.Read());
        Assert.Equal([3, 1], read.Train.Labels);
        Assert.Equal([1, 2, 3, 4], read.Train.Pixels);
        Assert.Equal([7], read.Test.Labels);
        Assert.Equal([5, 6], read.Test.Pixels);
    }

    [Fact]
    public void IsNotUsedForAnotherSourceOrShape()
    {
        using var folder = new TemporaryFolder();
        var cache = new PixelCache(folder.File("x"), "source 1", Shape);
        cache.Write(Halves);
        Assert.Null((cache with { Identity = "source 2" }).Read());
        Assert.Null((cache with { Identity = "source" }).Read());
        Assert.Null((cache with { Shape = new ImageShape(1, 2, 1) }).Read());
    }

    [Fact]
    public void IsNotUsedWithAnyFlippedBitOrAnyCut()
    {
        using var folder = new TemporaryFolder();
        var cache = new PixelCache(folder.File("x"), "source 1", Shape);
        cache.Write(Halves);
        var content = File.ReadAllBytes(cache.Path);
        for (var bit = 0; bit < content.Length * 8; bit++)
        {
            var flipped = (byte[])content.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            folder.Write("x", flipped);
            Assert.Null(cache.Read());
        }

        for (var length = 0; length < content.Length; length++)
        {
            folder.Write("x", content[..length]);
            Assert.Null(cache.Read());
        }

        folder.Write("x", [.. content, 0]);
        Assert.Null(cache.Read());
    }
}
