namespace Nonsmooth.Data.Tests;

public sealed class DataSplitTests
{
    private static PixelSplit TwoColours => new(
        new ImageShape(2, 1, 2), 3, [0, 255, 51, 102, 255, 255, 0, 0], [2, 0], new Normalisation([0.5f, 0], [0.5f, 2]));

    [Fact]
    public void FillsNormalisedChannelsInTheAskedOrder()
    {
        var images = new float[13];
        var labels = new long[4];
        images[12] = 42;
        labels[3] = 42;
        TwoColours.Fill([1, 0, 1], images, labels);
        float[] second = [1, 1, 0, 0];
        float[] first = [-1, 1, 51 / 255f / 2, 102 / 255f / 2];
        Assert.Equal([.. second, .. first, .. second, 42f], images);
        Assert.Equal([0L, 2, 0, 42], labels);
    }

    [Fact]
    public void RefusesAnIndexOutside()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoColours.Fill([2], new float[4], new long[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoColours.Fill([-1], new float[4], new long[1]));
    }

    [Fact]
    public void RefusesAShortDestination()
    {
        Assert.Throws<ArgumentException>(() => TwoColours.Fill([0, 1], new float[7], new long[2]));
        Assert.Throws<ArgumentException>(() => TwoColours.Fill([0, 1], new float[8], new long[1]));
    }

    [Fact]
    public void RefusesLengthsThatDisagree()
    {
        Assert.Throws<ArgumentException>(() => new PixelSplit(new ImageShape(1, 2, 2), 2, new byte[7], [0, 1], Normalisation.None(1)));
        Assert.Throws<ArgumentException>(() => new PixelSplit(new ImageShape(1, 2, 2), 2, new byte[8], [0, 2], Normalisation.None(1)));
        Assert.Throws<ArgumentException>(() => new FeatureSplit(new ImageShape(1, 1, 2), 2, new float[3], [0]));
    }
}
