using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class PackedFileTests
{
    [Fact]
    public void ReadsPlainGzippedAndEmptyFiles()
    {
        using var folder = new TemporaryFolder();
        byte[] content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * i))];
        Assert.Equal(content, PackedFile.ReadAll(folder.Write("plain", content), 1 << 20));
        Assert.Equal(content, PackedFile.ReadAll(folder.Write("zipped", TinyImages.Zip(content)), 1 << 20));
        Assert.Equal([], PackedFile.ReadAll(folder.Write("empty", []), 1 << 20));
    }

    [Fact]
    public void RefusesGzippedDataCutAnywhereEvenWhereTheyAreNotReadToTheEnd()
    {
        using var folder = new TemporaryFolder();
        var zipped = TinyImages.Zip([.. Enumerable.Range(0, 300).Select(i => (byte)(i * i))]);
        for (var length = 2; length < zipped.Length; length++)
        {
            var path = folder.Write("x", zipped[..length]);
            var e = Assert.Throws<NonsmoothException>(() => PackedFile.Read(path, stream => 1));
            Assert.Contains($"'{path}'", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    [Fact]
    public void IdentityChangesWithTheContentWhateverItsLengthAndTimeSayAndFollowsLinks()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x", [1]);
        var link = File.CreateSymbolicLink(folder.File("link"), path).FullName;
        var first = PackedFile.Identity(path);
        Assert.Equal(first, PackedFile.Identity(link));
        var time = File.GetLastWriteTimeUtc(path);
        folder.Write("x", [2]);
        File.SetLastWriteTimeUtc(path, time);
        Assert.NotEqual(first, PackedFile.Identity(link));
        folder.Write("x", [1]);
        Assert.Equal(first, PackedFile.Identity(path));
    }

    [Fact]
    public void NamesAFileThatIsNotThere()
    {
        var e = Assert.Throws<NonsmoothException>(() => PackedFile.ReadAll("/nowhere/x", 1 << 20));
        Assert.StartsWith("'/nowhere/x' cannot be read (", e.Message, StringComparison.Ordinal);
        Assert.StartsWith("'/nowhere/x' cannot be read (", Assert.Throws<NonsmoothException>(() => PackedFile.Identity("/nowhere/x")).Message, StringComparison.Ordinal);
    }
}
