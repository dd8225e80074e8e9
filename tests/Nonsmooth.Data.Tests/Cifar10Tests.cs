using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class Cifar10Tests
{
    [Fact]
    public void ReadsTheRealArchive()
    {
        var root = Environment.GetEnvironmentVariable(DataLocations.EnvironmentVariable);
        var archive = Path.Combine(root ?? "", "cifar10", "cifar10-images.tar.gz");
        Assert.SkipUnless(root is { Length: > 0 } && File.Exists(archive), "No $NONSMOOTH_DATA/cifar10/cifar10-images.tar.gz: the test of the real archive did not run.");
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("cifar10-images.tar.gz"), archive);
        var options = new DatasetOptions { Locations = new DataLocations { Option = folder.Path } };
        var data = Cifar10.Load(options);
        Assert.Equal((50_000, 10_000, 10), (data.Train.Count, data.Test.Count, data.ClassCount));
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal((5000, 1000), (data.Train.Labels.Count((byte)label), data.Test.Labels.Count((byte)label))));

        // The published means of the training half; the archive is JPEG, which moves them little.
        var train = (PixelSplit)data.Train;
        var sums = new long[3];
        for (var i = 0; i < train.Count; i++)
        {
            for (var at = 0; at < 3072; at++)
            {
                sums[at / 1024] += train.Pixels(i)[at];
            }
        }

        Assert.All(sums.Zip([.4914, .4822, .4465]), pair => Assert.Equal(pair.Second, pair.First / 255.0 / 1024 / train.Count, 0.003));

        var again = (PixelSplit)Cifar10.Load(options).Train;
        Assert.True(File.Exists(folder.File("cifar10.pixels")));
        Assert.All([0, 1, 25_000, 49_999], i => Assert.True(train.Pixels(i).SequenceEqual(again.Pixels(i))));
    }

    [Fact]
    public void NormalisesEachChannelByItsOwnMeanAndDeviation()
    {
        using var folder = Small(out var options);
        var image = new float[3072];
        Cifar10.Load(options).Train.Fill([0], image, new long[1]);
        Assert.Equal(((10 / 255f) - .4914f) / .2023f, image[0]);
        Assert.Equal(((20 / 255f) - .4822f) / .1994f, image[1024]);
        Assert.Equal(((30 / 255f) - .4465f) / .2010f, image[3071]);
    }

    [Fact]
    public void KeepsTheDecodedPixelsBesideTheDataAndReadsThem()
    {
        using var folder = Small(out var options);
        Cifar10.Load(options);
        var kept = folder.File("cifar10/cifar10.pixels");
        var cache = new PixelCache(kept, PackedFile.Identity(Archive(folder)), Cifar10.Shape);
        var halves = Assert.IsType<PixelHalves>(cache.Read());
        halves.Train.Pixels[0] = 123;
        cache.Write(halves);
        Assert.Equal(123, First(options));
        // Damaged, or made from another archive, it is made anew.
        File.WriteAllBytes(kept, [1, 2, 3]);
        Assert.Equal(10, First(options));
        Assert.NotNull(cache.Read());
        cache.Write(halves);
        var archive = File.ReadAllBytes(Archive(folder));
        archive[4] ^= 1; // The time in the head of gzip: another file of the same pixels.
        File.WriteAllBytes(Archive(folder), archive);
        Assert.Equal(10, First(options));
    }

    [Fact]
    public void ReadsAReadOnlyFolderAndKeepsThePixelsInTheUsersCache()
    {
        using var folder = Small(out var options);
        TemporaryFolder.WhileReadOnly(folder.File("cifar10"), () =>
        {
            Assert.Equal(10, First(options));
            Assert.Equal(10, First(options with { Locations = options.Locations with { Cache = folder.File("home") } }));
            Assert.Equal([Archive(folder)], Directory.GetFiles(folder.File("cifar10")));
            Assert.True(File.Exists(folder.File("home/cifar10/cifar10.pixels")));
        });
    }

    [Fact]
    public void LoadsWhereNoCacheCanBeWritten()
    {
        using var folder = Small(out var options);
        folder.Write(".git", []);
        Assert.Equal(10, First(options with { Locations = options.Locations with { Cache = Archive(folder) } }));
        Assert.Equal([Archive(folder)], Directory.GetFiles(folder.File("cifar10")));
    }

    [Fact]
    public void TakesTheFirstImagesOfEveryClassOfImageFilesAndTheFirstOfBinaryFiles()
    {
        using var folder = Small(out var options);
        Assert.Equal([0, 9], Cifar10.Load(options with { TrainCount = 2 }).Train.Labels.ToArray());
        folder.Unpack([.. CifarFiles.Batches().Select(file => ("cifar10/" + file.Name, file.Content))]);
        Assert.Equal([0, 1], Cifar10.Load(options with { TrainCount = 2 }).Train.Labels.ToArray());
        var e = Assert.Throws<NonsmoothException>(() => Cifar10.Load(options with { TestCount = 2 }));
        Assert.Equal("cifar10 has 1 test examples, not 2; choose 1 to 1.", e.Message);
    }

    [Fact]
    public void KeepsNothingOfADamagedArchive()
    {
        using var folder = Small(out var options);
        File.WriteAllBytes(Archive(folder), CifarFiles.ImageArchive()[..^20]);
        var e = Assert.Throws<NonsmoothException>(() => Cifar10.Load(options));
        Assert.Contains($"'{Archive(folder)}'", e.Message, StringComparison.Ordinal);
        Assert.Equal([Archive(folder)], Directory.GetFiles(folder.File("cifar10")));
    }

    [Fact]
    public void SaysWhereToGetItAndWhereToPutIt()
    {
        var e = Assert.Throws<NonsmoothException>(() => Cifar10.Load(new DatasetOptions { Locations = new DataLocations { Option = "/nowhere" } }));
        Assert.Contains("'/nowhere'", e.Message, StringComparison.Ordinal);
        Assert.Contains("https://", e.Message, StringComparison.Ordinal);
        Assert.Contains("--data-dir, NONSMOOTH_DATA or ~/.cache/nonsmooth", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static byte First(DatasetOptions options) => ((PixelSplit)Cifar10.Load(options).Train).Pixels(0)[0];

    private static string Archive(TemporaryFolder folder) => folder.File("cifar10/cifar10-images.tar.gz");

    private static TemporaryFolder Small(out DatasetOptions options)
    {
        var folder = new TemporaryFolder();
        folder.Unpack([("cifar10/cifar10-images.tar.gz", CifarFiles.ImageArchive())]);
        options = new DatasetOptions { Locations = new DataLocations { Option = folder.Path } };
        return folder;
    }
}
