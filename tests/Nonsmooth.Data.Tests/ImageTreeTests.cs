using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class ImageTreeTests
{
    private static readonly ImageShape Shape = new(3, 32, 32);
    private static readonly string[] Classes = ["cat", "dog"];

    // Out of order, and with files that are no images of the tree.
    private static readonly (string Name, byte[] Content)[] Files =
    [
        ("README.md", [1]),
        ("train/dog/b.png", TinyImages.Png(4, 4, 4)),
        ("train/dog/a.jpg", TinyImages.Jpeg(70)),
        ("train/dog/._a.jpg", [1]),
        ("train/cat/B.PNG", TinyImages.Png(1, 1, 1)),
        ("train/cat/a.png", TinyImages.Png(2, 2, 2)),
        ("other/cat/a.png", [1]),
        ("test/dog/a.png", TinyImages.Png(9, 9, 9)),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void SortsByClassAndNameFromFolderAndArchiveAlike(int threads)
    {
        using var folder = new TemporaryFolder();
        folder.Unpack(Files);
        var archive = folder.Write("x.tar.gz", TinyImages.Zip(TinyImages.Tar([.. Files.Select(file => ("./deep/" + file.Name, file.Content))])));
        foreach (var tree in new[] { ImageTree.OfFolder(folder.Path, Classes), ImageTree.OfArchive(archive, Classes) })
        {
            var halves = tree.Decode(Shape, threads);
            Assert.Equal([0, 0, 1, 1], halves.Train.Labels);
            Assert.Equal([1, 2, 70, 4], Enumerable.Range(0, 4).Select(i => halves.Train.Pixels[i * Shape.Size]));
            Assert.Equal([1], halves.Test.Labels);
            Assert.All(halves.Test.Pixels, pixel => Assert.Equal(9, pixel));
        }
    }

    [Fact]
    public void NamesTheFirstDamagedImageWhateverTheThreads()
    {
        var damaged = TinyImages.Png(0, 0, 0)[..^1];
        (string, byte[])[] files =
        [
            .. Enumerable.Range(0, 300).Select(i => ($"train/cat/{i:000}.png", i is 100 or 200 or 299 ? damaged : TinyImages.Png(0, 0, 0))),
            ("test/cat/a.png", TinyImages.Png(9, 9, 9)),
        ];
        for (var threads = 1; threads <= 8; threads++)
        {
            Refuses(files, "'train/cat/100.png' of '", threads);
        }
    }

    [Fact]
    public void RefusesAClassItDoesNotKnow() =>
        Refuses([.. Files, ("test/cow/a.png", TinyImages.Png(0, 0, 0))], "'test/cow/a.png' of '", 1, "is in class 'cow', which is none of cat, dog");

    [Fact]
    public void RefusesANameThatIsThereTwice() => Refuses([.. Files, .. Files], "'test/dog/a.png' of '", 1, "is there twice");

    [Fact]
    public void RefusesAMissingHalf()
    {
        Refuses(Files[..^1], "has no image test/CLASS/NAME.jpg or png");
        Refuses(Files[^1..], "has no image train/CLASS/NAME.jpg or png");
    }

    [Fact]
    public void RefusesAFileTooLongToBeASmallImage() =>
        Refuses([.. Files, ("test/cat/a.png", new byte[ImageDecoder.LongestFile + 1])], "'test/cat/a.png' of '", 1, "more than the 1048576");

    [Fact]
    public void IdentityOfAFolderChangesWithAnyFile()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack(Files);
        var first = ImageTree.OfFolder(folder.Path, Classes).Identity;
        Assert.Equal(first, ImageTree.OfFolder(folder.Path, Classes).Identity);
        File.SetLastWriteTimeUtc(folder.File("train/cat/a.png"), DateTime.UnixEpoch);
        var second = ImageTree.OfFolder(folder.Path, Classes).Identity;
        File.Move(folder.File("train/cat/a.png"), folder.File("train/cat/c.png"));
        Assert.Equal(3, new[] { first, second, ImageTree.OfFolder(folder.Path, Classes).Identity }.Distinct().Count());
    }

    [Fact]
    public void KnowsAFolderByItsClasses()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack(Files);
        Assert.True(ImageTree.IsIn(folder.Path, Classes));
        Assert.False(ImageTree.IsIn(folder.Path, ["cow"]));
    }

    private static void Refuses((string, byte[])[] files, string part, int threads = 1, string second = "")
    {
        using var folder = new TemporaryFolder();
        var archive = folder.Write("x.tar", TinyImages.Tar(files));
        var e = Assert.Throws<NonsmoothException>(() => ImageTree.OfArchive(archive, Classes).Decode(Shape, threads));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.Contains(second, e.Message, StringComparison.Ordinal);
        Assert.Contains($"'{archive}'", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
