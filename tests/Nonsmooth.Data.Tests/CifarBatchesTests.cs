using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class CifarBatchesTests
{
    [Fact]
    public void ReadsTheOfficialOrderFromFolderAndArchiveAlike()
    {
        using var folder = new TemporaryFolder();
        folder.Unpack(CifarFiles.Batches());
        var archive = folder.Write("x.tar.gz", TinyImages.Zip(TinyImages.Tar([.. CifarFiles.Batches().Reverse().Select(file => ("cifar-10-batches-bin/" + file.Name, file.Content))])));
        foreach (var halves in new[] { CifarBatches.OfFolder(folder.Path), CifarBatches.OfArchive(archive) })
        {
            Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], halves.Train.Labels);
            Assert.Equal([9], halves.Test.Labels);
            Assert.Equal(Enumerable.Range(0, 10).SelectMany(image => CifarFiles.Image(image)), halves.Train.Pixels);
            Assert.Equal(CifarFiles.Image(99), halves.Test.Pixels);
        }
    }

    [Fact]
    public void RefusesAMissingFile() => Refuses(CifarFiles.Batches()[1..], "has no data_batch_1.bin");

    [Fact]
    public void RefusesACutFile()
    {
        Refuses(Replace(2, content => content[..^1]), "'data_batch_3.bin' of '", "has 6145 bytes, not a multiple of 3073");
        Refuses(Replace(5, _ => []), "'test_batch.bin' of '", "has 0 bytes");
    }

    [Fact]
    public void RefusesAFileCutBetweenTwoImages() =>
        Refuses(Replace(4, content => content[..3073]), "'data_batch_5.bin' of '", "holds 1 images but 'data_batch_1.bin' 2");

    [Fact]
    public void RefusesALabelOutOfRange() =>
        Refuses(Replace(1, content => [.. content[..3073], 10, .. content[3074..]]), "Label 1 of 'data_batch_2.bin' of '", "is 10, not 0 to 9");

    private static (string, byte[])[] Replace(int file, Func<byte[], byte[]> change)
    {
        var files = CifarFiles.Batches();
        files[file].Content = change(files[file].Content);
        return files;
    }

    private static void Refuses((string, byte[])[] files, params string[] parts)
    {
        using var folder = new TemporaryFolder();
        folder.Unpack(files);
        var e = Assert.Throws<NonsmoothException>(() => CifarBatches.OfFolder(folder.Path));
        Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', e.Message);
    }
}
