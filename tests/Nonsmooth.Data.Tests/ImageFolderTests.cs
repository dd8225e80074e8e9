using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class ImageFolderTests
{
    private static readonly (string Name, byte[] Content)[] Files =
    [
        ("train/dog/b.png", Plain(40, 30, 200)),
        ("train/cat/a.png", Plain(30, 60, 100)),
        ("train/cat/b.jpg", TinyImages.Jpeg(70)),
        ("train/cat/notes.txt", [1]),
        ("val/dog/a.png", Plain(9, 7, 50)),
    ];

    [Fact]
    public void ReadsImagesOfAnySizeByClassAndNameNormalised()
    {
        using var folder = new TemporaryFolder();
        var data = Load(folder, 16, Files);
        Assert.Equal((3, 1, 2), (data.Train.Count, data.Test.Count, data.ClassCount));
        Assert.Equal(["cat", "dog"], data.ClassNames);
        Assert.Equal(new ImageShape(3, 16, 16), data.Shape);
        var (images, labels) = Read(data.Train, null);
        Assert.Equal([0, 0, 1], labels);
        Assert.Equal(((100 / 255f) - .485f) / .229f, images[0], 1e-5);
        Assert.Equal(((200 / 255f) - .406f) / .225f, images[^1], 1e-5);
        Assert.Equal([1], Read(data.Test, null).Labels);
    }

    [Fact]
    public void AnEpochsImagesAreAFunctionOfSeedEpochAndImage()
    {
        using var folder = new TemporaryFolder();
        var noise = new byte[3 * 50 * 40];
        new Random(1).NextBytes(noise);
        var data = Load(folder, 16, [("train/a/a.png", TinyImages.Png(50, 40, noise)), ("train/a/b.png", TinyImages.Png(50, 40, noise)), ("val/a/a.png", TinyImages.Png(50, 40, noise))]);
        float[] At(ulong seed, int epoch) => Read(data.Train, new EpochDraw(seed, epoch)).Images;
        Assert.Equal(At(1, 0), At(1, 0));
        Assert.NotEqual(At(1, 0), At(1, 1));
        Assert.NotEqual(At(1, 0), At(2, 0));
        Assert.NotEqual(At(1, 0)[..768], At(1, 0)[768..]);
        Assert.Equal(Read(data.Train, null).Images[..768], Read(data.Test, null).Images);
    }

    [Fact]
    public void IsDecodedOnceAndAnewWhenAFileHasChanged()
    {
        using var folder = new TemporaryFolder();
        Load(folder, 16, Files);
        var kept = folder.File("images-18.pixels");
        var written = File.GetLastWriteTimeUtc(kept);
        Load(folder, 16);
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));
        folder.Write("val/dog/a.png", Plain(9, 7, 255));
        Assert.Equal((1 - .485f) / .229f, Read(Load(folder, 16).Test, null).Images[0], 1e-5);
    }

    [Fact]
    public void DamageOfTheKeptFileIsToldWhenTheImageIsRead()
    {
        using var folder = new TemporaryFolder();
        Load(folder, 16, Files);
        var kept = File.ReadAllBytes(folder.File("images-18.pixels"));
        var at = kept.AsSpan().IndexOf([(byte)200, (byte)200, (byte)200, (byte)200]);
        kept[at] ^= 1;
        folder.Write("images-18.pixels", kept);
        var e = Assert.Throws<NonsmoothException>(() => Read(Load(folder, 16).Train, null));
        Assert.Contains("image 2 of", e.Message, StringComparison.Ordinal);

        // Cut, it is made again.
        folder.Write("images-18.pixels", kept[..^30]);
        Read(Load(folder, 16).Train, null);
    }

    [Fact]
    public void AStaleOrDamagedFileIsNotLeftOpen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "what is open is told on Linux only");
        using var folder = new TemporaryFolder();
        Load(folder, 16, Files);
        var kept = File.ReadAllBytes(folder.File("images-18.pixels"));
        var identity = System.Text.Encoding.UTF8.GetString(kept, 12, BitConverter.ToInt32(kept, 8));
        folder.Write("stale", kept);
        Assert.Null(FolderPixels.Open(folder.File("stale"), identity[..^1] + "?"));
        kept[^1] ^= 1;
        folder.Write("damaged", kept);
        Assert.Null(FolderPixels.Open(folder.File("damaged"), identity));
        var open = Directory.EnumerateFiles("/proc/self/fd").Select(link => new FileInfo(link).LinkTarget).ToList();
        Assert.DoesNotContain(folder.File("stale"), open);
        Assert.DoesNotContain(folder.File("damaged"), open);
    }

    [Fact]
    public void ADamagedImageIsNamedWhateverTheThreads()
    {
        var damaged = Plain(5, 5, 1)[..^1];
        for (var threads = 1; threads <= 4; threads++)
        {
            using var folder = new TemporaryFolder();
            var e = Assert.Throws<NonsmoothException>(() => Load(
                folder,
                8,
                [.. Enumerable.Range(0, 300).Select(i => ($"train/a/{i:000}.png", i is 270 or 299 ? damaged : Plain(3, 3, 2))), ("test/a/a.png", Plain(3, 3, 2))]));
            Assert.Contains("270.png' cannot be decoded", e.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(folder.Path));
        }
    }

    [Fact]
    public void CountsTakeTheFirstOfEveryClass()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack([.. Enumerable.Range(0, 12).Select(i => ($"train/{(char)('a' + (i % 3))}/{i:00}.png", Plain(4, 4, (byte)i))), ("val/a/a.png", Plain(4, 4, 0))]);
        var data = ImageFolder.Load(folder.Path, Options(folder, 4) with { TrainCount = 5 });
        Assert.Equal([0, 0, 1, 1, 2], Read(data.Train, null).Labels);
        Assert.Contains("has 12 train examples, not 13", Assert.Throws<NonsmoothException>(() => ImageFolder.Load(folder.Path, Options(folder, 4) with { TrainCount = 13 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsMissingIsNamed()
    {
        Refuses("has no folder train", ("val/a/a.png", [1]));
        Refuses("has no folder val or test", ("train/a/a.png", [1]));
        Refuses("has the class 'b', which", ("train/a/a.png", [1]), ("val/b/a.png", [1]));
        Refuses("has no image CLASS/NAME.jpg or png", ("train/a/a.txt", [1]), ("val/a/a.png", [1]));
        Assert.Contains("there is no folder '/no/such'", Assert.Throws<NonsmoothException>(() => ImageFolder.Load("/no/such", new DatasetOptions())).Message, StringComparison.Ordinal);
        Assert.Contains("imagenet was not found in any folder", Assert.Throws<NonsmoothException>(() => Datasets.Load("imagenet")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PublishedNamesAndPathsLeadToTheSameImages()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack([.. Files.Select(file => ("food101/" + file.Name, file.Content))]);
        var options = Options(folder, 16);
        var named = Datasets.Load("food101", options);
        var given = Datasets.Load("images:" + folder.File("food101"), options);
        Assert.Equal(Read(named.Train, null).Images, Read(given.Train, null).Images);
    }

    private static void Refuses(string message, params (string Name, byte[] Content)[] files)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(message, Assert.Throws<NonsmoothException>(() => Load(folder, 8, files)).Message, StringComparison.Ordinal);
    }

    private static DatasetOptions Options(TemporaryFolder folder, int size) =>
        new() { ImageSize = size, Threads = 2, Locations = new DataLocations { Option = folder.Path, Cache = folder.File("cache") } };

    private static Dataset Load(TemporaryFolder folder, int size, params (string Name, byte[] Content)[] files)
    {
        folder.Unpack(files);
        return ImageFolder.Load(folder.Path, Options(folder, size));
    }

    private static (float[] Images, long[] Labels) Read(DataSplit split, EpochDraw? draw)
    {
        var (images, labels) = (new float[split.Count * split.Shape.Size], new long[split.Count]);
        split.Fill([.. Enumerable.Range(0, split.Count)], images, labels, draw);
        return (images, labels);
    }

    private static byte[] Plain(int width, int height, byte grey) => TinyImages.Png(width, height, [.. Enumerable.Repeat(grey, 3 * width * height)]);
}
