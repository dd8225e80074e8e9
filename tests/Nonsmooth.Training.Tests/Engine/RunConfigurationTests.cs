using Nonsmooth.Data;
using Nonsmooth.Training.Engine;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

public sealed class RunConfigurationTests
{
    [Fact]
    public void EveryTokenOfATextShows()
    {
        ushort[] text = [.. Enumerable.Range(0, 2001).Select(i => (ushort)(i % 7))];
        string Of() => Fingerprint(new Dataset("text", [.. "abcdefg".Select(c => $"{c}")], new TokenSplit(text, 7, 4), new TokenSplit(text.AsMemory(0, 50), 7, 4)));
        string before = Of();
        Assert.Equal(before, Of());
        text[1990] ^= 1;
        Assert.NotEqual(before, Of());
    }

    [Fact]
    public void ClassesAndPixelsOfAFolderShowAndNotWhereItLies()
    {
        string plain = Folder("train/a/1.png", "train/a/2.png", "train/b/1.png", "val/a/1.png");
        Assert.Equal(plain, Folder("train/a/1.png", "train/a/3.png", "train/b/1.png", "val/a/1.png"));
        Assert.NotEqual(plain, Folder("train/a/1.png", "train/b/1.png", "train/b/2.png", "val/a/1.png"));
    }

    private static string Folder(params string[] names)
    {
        using var folder = new TemporaryFolder();
        folder.Unpack([.. names.Select(name => (name, TinyImages.Png(6, 5, new byte[90])))]);
        var data = ImageFolder.Load(folder.Path, new DatasetOptions { ImageSize = 4, Locations = new DataLocations { Cache = folder.File("cache") } });
        return Fingerprint(new Dataset("images", data.ClassNames, data.Train, data.Test));
    }

    private static string Fingerprint(Dataset data) => RunConfiguration.Of(SmallRun.Options with { Dataset = data }).Texts["data.checksum"];
}
