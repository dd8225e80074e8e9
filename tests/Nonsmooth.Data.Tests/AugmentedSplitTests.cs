namespace Nonsmooth.Data.Tests;

public sealed class AugmentedSplitTests
{
    private const int Side = 6;
    private static readonly ImageShape _shape = new(2, Side, Side);

    // Every pixel differs from every other, and none is black.
    private static readonly PixelSplit _images = new(
        _shape, 3, [.. Enumerable.Range(0, 3 * _shape.Size).Select(i => (byte)(i + 1))], [0, 1, 2], new Normalisation([0.5f, 0.25f], [0.5f, 2]));

    [Fact]
    public void WithoutADrawImagesAreAsStored() => Assert.Equal(Of(_images, 1, null), Of(new AugmentedSplit(_images, new(2, true)), 1, null));

    [Fact]
    public void EveryImageIsAWindowOfThePaddedOneOrItsMirror()
    {
        var split = new AugmentedSplit(_images, new Augmentation(2, true));
        var seen = new HashSet<(int, int, bool)>();
        for (int epoch = 0; epoch < 600; epoch++)
        {
            var drawn = Of(split, epoch % 3, new EpochDraw(5, epoch));
            var found = (from down in Enumerable.Range(-2, 5)
                         from right in Enumerable.Range(-2, 5)
                         from flip in new[] { false, true }
                         where Window(epoch % 3, down, right, flip).SequenceEqual(drawn)
                         select (down, right, flip)).ToArray();
            Assert.Single(found);
            seen.Add(found[0]);
        }

        Assert.Equal(50, seen.Count);
    }

    [Fact]
    public void ADrawIsAPureFunctionOfSeedEpochAndIndex()
    {
        var split = new AugmentedSplit(_images, new Augmentation(2, true));
        Assert.Equal(Of(split, 2, new EpochDraw(5, 4)), Of(split, 2, new EpochDraw(5, 4)));
        Assert.Contains(Enumerable.Range(0, 9), epoch => !Of(split, 2, new EpochDraw(5, epoch)).SequenceEqual(Of(split, 2, new EpochDraw(6, epoch))));
    }

    [Fact]
    public void WithoutFlipNothingIsMirrored()
    {
        var split = new AugmentedSplit(_images, new Augmentation(0, false));
        Assert.All(Enumerable.Range(0, 20), epoch => Assert.Equal(Of(_images, 0, null), Of(split, 0, new EpochDraw(1, epoch))));
    }

    [Fact]
    public void RefusesTextsAndPaddingsOutOfRange()
    {
        Assert.Contains("5 tokens cannot be cropped", Refused(new TokenSplit(new ushort[9], 1, 5), new(1)), StringComparison.Ordinal);
        Assert.Equal("the padding of crops is 6: give 0 to 5 for images of 2x6x6", Refused(_images, new(6)));
        Assert.Equal("the padding of crops is -1: give 0 to 5 for images of 2x6x6", Refused(_images, new(-1)));
    }

    private static string Refused(DataSplit split, Augmentation how) => Assert.Throws<NonsmoothException>(() => new AugmentedSplit(split, how)).Message;

    private static float[] Of(DataSplit split, int index, EpochDraw? draw)
    {
        var image = new float[_shape.Size];
        var label = new long[1];
        split.Fill([index], image, label, draw);
        Assert.Equal(index, label[0]);
        return image;
    }

    private static float[] Window(int index, int down, int right, bool flip)
    {
        var image = new float[_shape.Size];
        for (int i = 0; i < image.Length; i++)
        {
            var (channel, row, column) = (i / _shape.Plane, i / Side % Side, i % Side);
            var (y, x) = (row + down, (flip ? Side - 1 - column : column) + right);
            bool inside = y is >= 0 and < Side && x is >= 0 and < Side;
            byte pixel = inside ? _images.Pixels(index)[(channel * _shape.Plane) + (y * Side) + x] : (byte)0;
            image[i] = _images.Normalisation[channel, pixel];
        }

        return image;
    }
}
