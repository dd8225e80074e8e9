using Nonsmooth.Data.Files;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests.Files;

public sealed class AtomicFileTests
{
    private static readonly byte[] Old = [1, 2, 3];
    private static readonly byte[] New = [9, 8, 7, 6];

    [Fact]
    public void WritesAndReplaces()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("made/on/the/way/file");
        AtomicFile.Write(path, stream => stream.Write(Old));
        Assert.Equal(Old, File.ReadAllBytes(path));
        AtomicFile.Write(path, stream => stream.Write(New));
        Assert.Equal(New, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void KeepsTheOldFileWhereverTheDiskIsFull()
    {
        var failures = 0;
        for (var at = 0; ; at++)
        {
            using var folder = new TemporaryFolder();
            var path = folder.Write("file", Old);
            var files = new FaultyFileSystem(at, kill: false);
            var e = Record.Exception(() => AtomicFile.Write(path, WriteInPieces, files));
            if (!files.HasFailed)
            {
                Assert.Null(e);
                Assert.Equal(New, File.ReadAllBytes(path));
                break;
            }

            failures++;
            var clear = Assert.IsType<NonsmoothException>(e);
            Assert.Contains($"'{path}'", clear.Message, StringComparison.Ordinal);
            Assert.Contains("No space left on device", clear.Message, StringComparison.Ordinal);
            Assert.Equal(clear.Message.Contains("is kept", StringComparison.Ordinal) ? Old : New, File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFiles(folder.Path));
        }

        Assert.Equal(5 + New.Length - 1, failures);
    }

    [Fact]
    public void LeavesOldOrNewWhereverItIsKilledAndCleansUpNextTime()
    {
        for (var at = 0; ; at++)
        {
            using var folder = new TemporaryFolder();
            var path = folder.Write("file", Old);
            var files = new FaultyFileSystem(at, kill: true);
            var e = Record.Exception(() => AtomicFile.Write(path, WriteInPieces, files));
            if (!files.HasFailed)
            {
                break;
            }

            Assert.IsType<FaultyFileSystem.KilledException>(e);
            var left = File.ReadAllBytes(path);
            Assert.True(left.SequenceEqual(Old) || left.SequenceEqual(New));
            AtomicFile.Write(path, stream => stream.Write(New));
            Assert.Equal([path], Directory.GetFiles(folder.Path));
        }
    }

    [Fact]
    public void KeepsTheOldFileWhenTheWriterFails()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("file", Old);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(0);
            throw new InvalidOperationException();
        }));
        Assert.Equal(Old, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void LeavesTheTemporaryFileOfAnotherWriterAlone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("file");
        AtomicFile.Write(path, outer =>
        {
            outer.Write(New);
            AtomicFile.Write(path, inner => inner.Write(Old));
        });
        Assert.Equal(New, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void NamesAPathThatCannotBeWritten()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Write("file", Old), "below");
        var e = Assert.Throws<NonsmoothException>(() => AtomicFile.Write(path, stream => stream.Write(New)));
        Assert.Contains($"'{path}' could not be saved", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static void WriteInPieces(Stream stream)
    {
        foreach (var value in New)
        {
            stream.Write([value]);
        }
    }
}
