using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public class HeldOutTests
{
    private static readonly Dataset _blobs = Blobs.Load(new DatasetOptions { TrainCount = 103, TestCount = 10 });

    [Fact]
    public void Every_image_is_on_one_side()
    {
        var parts = HeldOut.Of(_blobs.Train, 0.1, seed: 3);
        Assert.Equal((93, 10), (parts.Kept.Count, parts.Held.Count));
        var all = Images(_blobs.Train);
        Assert.Equal(all.Order(), Images(parts.Kept).Concat(Images(parts.Held)).Order());
        Assert.NotEqual(Images(parts.Held), Images(HeldOut.Of(_blobs.Train, 0.1, seed: 4).Held));
        Assert.Equal(Images(parts.Held), Images(HeldOut.Of(_blobs.Train, 0.1, seed: 3).Held));
        Assert.NotEqual(all[^10..], Images(parts.Held));
    }

    [Fact]
    public void Held_out_images_stand_still_where_the_others_are_drawn_anew()
    {
        var strokes = Strokes.Load(new DatasetOptions { TrainCount = 40, TestCount = 10 });
        var parts = HeldOut.Of(strokes.Train, 0.5, seed: 0);
        var augmented = new AugmentedSplit(parts.Kept, new Augmentation(3, Flip: true));
        float[] Read(DataSplit split, int epoch)
        {
            var image = new float[split.Shape.Size];
            split.Fill([0], image, new long[1], new EpochDraw(1, epoch));
            return image;
        }

        Assert.Equal(Read(parts.Held, 0), Read(parts.Held, 1));
        Assert.NotEqual(Read(augmented, 0), Read(augmented, 1));
    }

    [Fact]
    public void Of_a_text_the_end_is_held_out_and_no_training_window_reaches_it()
    {
        ushort[] tokens = [.. Enumerable.Range(0, 41).Select(i => (ushort)i)];
        var parts = HeldOut.Of(new TokenSplit(tokens, 41, 4), 0.3, seed: 0);
        Assert.Equal((7, 3), (parts.Kept.Count, parts.Held.Count));
        Assert.Equal(Enumerable.Range(0, 29).Select(i => (ushort)i), ((TokenSplit)parts.Kept).ToTokens());
        Assert.Equal(Enumerable.Range(28, 13).Select(i => (ushort)i), ((TokenSplit)parts.Held).ToTokens());
    }

    [Fact]
    public void A_folder_is_parted_by_images()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack([.. Enumerable.Range(0, 10).Select(i => ($"train/{i % 2}/{i}.png", TinyImages.Png(5, 5, [.. Enumerable.Repeat((byte)(20 * i), 75)]))), ("val/0/a.png", TinyImages.Png(5, 5, new byte[75]))]);
        var train = ImageFolder.Load(folder.Path, new DatasetOptions { ImageSize = 4, Locations = new DataLocations { Cache = folder.File("cache") } }).Train;
        var parts = HeldOut.Of(train, 0.3, seed: 1);
        Assert.Equal((7, 3), (parts.Kept.Count, parts.Held.Count));
        Assert.Equal(Images(train).Order(), Images(parts.Kept).Concat(Images(parts.Held)).Order());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_share_that_is_none_is_refused(double share) =>
        Assert.Contains("above 0 and below 1", Assert.Throws<NonsmoothException>(() => HeldOut.Of(_blobs.Train, share, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void Augmented_examples_are_parted_before_they_are_drawn()
    {
        var strokes = Strokes.Load(new DatasetOptions { TrainCount = 40, TestCount = 10 });
        var augmented = new AugmentedSplit(strokes.Train, new Augmentation(2, Flip: false));
        Assert.Throws<NonsmoothException>(() => HeldOut.Of(augmented, 0.1, 0));
    }

    private static string[] Images(DataSplit split)
    {
        var (image, label) = (new float[split.Shape.Size], new long[1]);
        return [.. Enumerable.Range(0, split.Count).Select(i =>
        {
            split.Fill([i], image, label);
            return $"{label[0]}:{string.Join(',', image)}";
        })];
    }
}
