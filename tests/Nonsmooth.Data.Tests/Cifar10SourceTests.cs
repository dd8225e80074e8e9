using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class Cifar10SourceTests
{
    [Fact]
    public void PrefersBinaryFilesThenTheirArchiveThenImagesThenTheirArchive()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cifar10-images.tar.gz", CifarFiles.ImageArchive());
        Assert.Equal((true, 3), Found(folder));
        folder.Unpack([.. CifarFiles.Images(), ("train/truck/1.png", TinyImages.Png(0, 0, 0))]);
        Assert.Equal((true, 4), Found(folder));
        folder.Write("cifar-10-binary.tar.gz", TinyImages.Zip(TinyImages.Tar(CifarFiles.Batches())));
        Assert.Equal((false, 10), Found(folder));
        folder.Unpack(CifarFiles.Batches());
        Assert.Null(Source(folder).Identity);
    }

    [Fact]
    public void TakesTheUnpackedOfficialFolder()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack([.. CifarFiles.Batches().Select(file => ("cifar-10-batches-bin/" + file.Name, file.Content))]);
        Assert.Equal((false, 10), Found(folder));
    }

    [Fact]
    public void ALaterFormInAnEarlierFolderWins()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack([("a/cifar10/cifar10-images.tar.gz", CifarFiles.ImageArchive()), .. CifarFiles.Batches().Select(file => ("b/" + file.Name, file.Content))]);
        var locations = new DataLocations { Option = folder.File("a"), Environment = folder.File("b") };
        Assert.Equal(folder.File("a/cifar10"), Cifar10Source.Find(locations)!.Folder);
    }

    [Fact]
    public void PassesOverAnotherDataSetsImages()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack([("train/cow/0.png", TinyImages.Png(0, 0, 0))]);
        Assert.Null(Cifar10Source.Find(new DataLocations { Option = folder.Path }));
    }

    private static Cifar10Source Source(TemporaryFolder folder) =>
        Assert.IsType<Cifar10Source>(Cifar10Source.Find(new DataLocations { Option = folder.Path }));

    private static (bool SortedByClass, int Count) Found(TemporaryFolder folder)
    {
        var source = Source(folder);
        return (source.SortedByClass, source.Read(2).Train.Labels.Length);
    }
}
