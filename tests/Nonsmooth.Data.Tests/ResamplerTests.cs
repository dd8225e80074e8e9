namespace Nonsmooth.Data.Tests;

public sealed class ResamplerTests
{
    [Fact]
    public void APartOfTheSameSizeKeepsItsValues()
    {
        byte[] image = [.. Enumerable.Range(0, 3 * 7 * 5).Select(i => (byte)(i * 37))];
        var part = new float[3 * 4 * 2];
        Resampler.Scale(image, 7, new CropBox(2, 1, 4, 2), 2, 4, part);
        Assert.Equal([.. image[(3 * 9)..(3 * 13)].Concat(image[(3 * 16)..(3 * 20)]).Select(b => (float)b)], part);
    }

    [Theory]
    [InlineData(3, 11)]
    [InlineData(11, 3)]
    [InlineData(8, 1)]
    public void OneColourStaysOneColour(int old, int made)
    {
        var image = new byte[3 * old * old];
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = (byte)(10 + (90 * (i % 3)));
        }

        var scaled = new float[3 * made * made];
        Resampler.Scale(image, old, CropBox.Whole(old, old), made, made, scaled);
        Assert.All(scaled.Index(), p => Assert.Equal(10 + (90 * (p.Index % 3)), p.Item, 1e-3));
    }

    [Fact]
    public void FollowsTheFormulaWrittenApart()
    {
        var random = new Random(3);
        var image = new byte[3 * 9 * 6];
        random.NextBytes(image);
        var scaled = new float[3 * 4 * 3];
        Resampler.Scale(image, 9, CropBox.Whole(9, 6), 4, 3, scaled);
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                double sum = 0, total = 0;
                for (var y = 0; y < 6; y++)
                {
                    for (var x = 0; x < 9; x++)
                    {
                        // A triangle of half width 6/4 down and 9/3 across around the new pixel's middle.
                        var weight = Math.Max(0, 1 - (Math.Abs(y + 0.5 - ((row + 0.5) * 1.5)) / 1.5)) * Math.Max(0, 1 - (Math.Abs(x + 0.5 - ((column + 0.5) * 3)) / 3));
                        (sum, total) = (sum + (weight * image[3 * ((9 * y) + x)]), total + weight);
                    }
                }

                Assert.Equal(sum / total, scaled[3 * ((3 * row) + column)], 1e-3);
            }
        }
    }

    [Fact]
    public void FinePatternsBecomeGreyAndDoNotAlias()
    {
        var image = new byte[3 * 64 * 64];
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = (byte)(((i / 3) + (i / 3 / 64)) % 2 == 0 ? 255 : 0);
        }

        var scaled = new float[3 * 16 * 16];
        Resampler.Scale(image, 64, CropBox.Whole(64, 64), 16, 16, scaled);
        Assert.All(scaled, value => Assert.InRange(value, 120, 135));
    }
}
