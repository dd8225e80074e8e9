using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class WholeImageTests
{
    [Fact]
    public void TakesWholeFiles()
    {
        Assert.Null(WholeImage.Fault(TinyImages.Png(1, 2, 3)));
        Assert.Null(WholeImage.Fault(TinyImages.Jpeg(77)));
        Assert.Null(WholeImage.Fault([.. TinyImages.Jpeg(77), 0, 0]));
    }

    [Fact]
    public void RefusesAFileCutAnywhere()
    {
        foreach (var file in new[] { TinyImages.Png(1, 2, 3), TinyImages.Jpeg(77) })
        {
            for (var length = 0; length < file.Length; length++)
            {
                Assert.NotNull(WholeImage.Fault(file.AsSpan(0, length)));
            }
        }
    }

    [Fact]
    public void RefusesEveryFlippedBitOfAPng()
    {
        var file = TinyImages.Png(1, 2, 3);
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var flipped = (byte[])file.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotNull(WholeImage.Fault(flipped));
        }
    }
}
