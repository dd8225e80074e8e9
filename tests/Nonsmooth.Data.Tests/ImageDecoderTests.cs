using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class ImageDecoderTests
{
    private static readonly ImageShape Shape = new(3, 32, 32);

    [Fact]
    public void PutsTheChannelsOfAPngOneAfterAnother()
    {
        byte[] interleaved = [.. Enumerable.Range(0, 3 * 1024).Select(i => (byte)(i * 7))];
        var pixels = Decode(TinyImages.Png(32, 32, interleaved));
        Assert.All(Enumerable.Range(0, 3 * 1024), i => Assert.Equal(interleaved[i], pixels[(1024 * (i % 3)) + (i / 3)]));
    }

    [Fact]
    public void DecodesAGreyJpegToThreeEqualChannels() => Assert.All(Decode(TinyImages.Jpeg(77)), pixel => Assert.Equal(77, pixel));

    [Fact]
    public void RefusesAnotherSize() => Refuses(TinyImages.Png(16, 8, new byte[3 * 16 * 8]), "the file is 16x8 pixels, not 32x32");

    [Fact]
    public void RefusesWhatIsNoImage() => Refuses("GIF89a"u8.ToArray(), "neither a JPEG nor a PNG");

    [Fact]
    public void RefusesAJpegWithoutItsFrame() => Refuses([.. TinyImages.Jpeg(77)[..71], .. TinyImages.Jpeg(77)[84..]], "cannot be decoded");

    [Fact]
    public void SurvivesEveryFlippedBitOfAJpeg()
    {
        // A JPEG has no checksum: a flipped bit either changes pixels or is refused in one line; it must do nothing else.
        var file = TinyImages.Jpeg(77);
        var refused = 0;
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var flipped = (byte[])file.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal(Shape.Size, Decode(flipped).Length);
            }
            catch (NonsmoothException e)
            {
                Assert.StartsWith("the file ", e.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 1, (file.Length * 8) - 1);
    }

    private static byte[] Decode(byte[] file)
    {
        var pixels = new byte[Shape.Size];
        ImageDecoder.Decode("the file", file, Shape, pixels);
        return pixels;
    }

    private static void Refuses(byte[] file, string part)
    {
        var e = Assert.Throws<NonsmoothException>(() => Decode(file));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("the file ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
