using System.IO.Compression;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class IdxFileTests
{
    private static readonly byte[] Raw = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 5, .. Enumerable.Range(0, 60).Select(i => (byte)(i * i))];

    [Fact]
    public void ReadsPlainAndGzippedFilesAlike()
    {
        foreach (var content in new[] { Raw, Zip(Raw) })
        {
            using var folder = new TemporaryFolder();
            var file = IdxFile.Read(folder.Write("images", content), 3);
            Assert.Equal([4, 3, 5], file.Dimensions);
            Assert.Equal(Raw[16..], file.Bytes);
        }
    }

    [Fact]
    public void RefusesAPlainFileCutAnywhere() => RefusesEveryCut(Raw);

    [Fact]
    public void RefusesAGzippedFileCutAnywhere() => RefusesEveryCut(Zip(Raw));

    [Fact]
    public void RefusesWhatFollowsTheEnd()
    {
        Refuses([.. Raw, 0], "announces 60 bytes of data but holds 61");
        Refuses([.. Zip(Raw), 0], "gzip");
    }

    [Fact]
    public void RefusesEveryFlippedBitOfTheGzippedDataOrReadsThemUnchanged()
    {
        var zipped = Zip(Raw);
        using var folder = new TemporaryFolder();
        var harmless = 0;
        for (var bit = 0; bit < zipped.Length * 8; bit++)
        {
            var flipped = (byte[])zipped.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var path = folder.Write("images", flipped);
            try
            {
                Assert.Equal(Raw[16..], IdxFile.Read(path, 3).Bytes);
                harmless++;
            }
            catch (NonsmoothException e)
            {
                AssertClear(e, path);
            }
        }

        // Only the time, flags and system in the ten bytes of gzip's header may change unseen.
        Assert.InRange(harmless, 0, 80);
    }

    [Fact]
    public void RefusesEveryFlippedBitOfAPlainHeader()
    {
        for (var bit = 0; bit < 16 * 8; bit++)
        {
            var flipped = (byte[])Raw.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Refuses(flipped, "");
        }
    }

    [Fact]
    public void NamesWhatIsWrong()
    {
        Refuses([1, 0, .. Raw[2..]], "not an IDX file");
        Refuses([0, 0, 0x0D, .. Raw[3..]], "IDX type 0x0D, not unsigned bytes");
        Refuses([0, 0, 8, 1, .. Raw[4..]], "has 1 dimensions, not 3");
        Refuses([0, 0, 8, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "more than the 1073741824 it may have");
        Refuses([0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 9], "but holds 0");
        Refuses([0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 5], "announces 0 bytes");
        Refuses([], "0 bytes long");
    }

    [Fact]
    public void NamesAFileThatIsNotThere()
    {
        var e = Assert.Throws<NonsmoothException>(() => IdxFile.Read("/nowhere/images", 3));
        AssertClear(e, "/nowhere/images");
    }

    private static void RefusesEveryCut(byte[] content)
    {
        for (var length = 0; length < content.Length; length++)
        {
            Refuses(content[..length], "");
        }
    }

    private static void Refuses(byte[] content, string part)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("images", content);
        var e = Assert.Throws<NonsmoothException>(() => IdxFile.Read(path, 3));
        AssertClear(e, path);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    private static void AssertClear(NonsmoothException e, string path)
    {
        Assert.Contains($"'{path}'", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static byte[] Zip(byte[] content)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return stored.ToArray();
    }
}
