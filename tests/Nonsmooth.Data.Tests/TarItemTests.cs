using System.Formats.Tar;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class TarItemTests
{
    private static readonly byte[] Archive = TinyImages.Tar(("a/one", [1, 2, 3]), ("b", []), ("a/two", [.. Enumerable.Repeat((byte)9, 600)]));

    [Fact]
    public void ReadsTheWantedFilesInOrderPlainOrGzipped()
    {
        foreach (var content in new[] { Archive, TinyImages.Zip(Archive) })
        {
            using var folder = new TemporaryFolder();
            var items = TarItem.Read(folder.Write("x.tar", content), name => name.StartsWith("a/", StringComparison.Ordinal), 600);
            Assert.Equal(["a/one", "a/two"], items.Select(item => item.Name));
            Assert.Equal([1, 2, 3], items[0].Content);
            Assert.Equal(600, items[1].Content.Length);
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void RefusesAnArchiveCutAnywhereBeforeItsEndMark()
    {
        // One block of zeros is enough of an end mark.
        var end = Archive.AsSpan().TrimEnd((byte)0).Length + 512;
        for (var length = 0; length < end; length++)
        {
            Refuses(Archive[..length], 600, "'");
        }
    }

    [Fact]
    public void RefusesAGzippedArchiveCutAnywhere()
    {
        var zipped = TinyImages.Zip(Archive);
        for (var length = 0; length < zipped.Length; length++)
        {
            Refuses(zipped[..length], 600, "'");
        }
    }

    [Fact]
    public void NamesTheEntryWhereTheDataEnd() => Refuses(Archive[..(512 * 4)], 600, "cut or damaged in 'a/two'");

    [Fact]
    public void NamesTheEntryAfterWhichTheEndMarkIsMissing() => Refuses(Archive[..(512 * 2)], 600, "cut or damaged after 'a/one'");

    [Fact]
    public void RefusesAFileThatIsTooLong() => Refuses(Archive, 599, "'a/two' of '");

    [Fact]
    public void RefusesALink()
    {
        using var stored = new MemoryStream();
        using (var tar = new TarWriter(stored, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "a/link") { LinkName = "/etc/passwd" });
        }

        Refuses(stored.ToArray(), 600, "is not a file but a SymbolicLink");
    }

    private static void Refuses(byte[] content, long longest, string part)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x.tar", content);
        var e = Assert.Throws<NonsmoothException>(() => TarItem.Read(path, _ => true, longest));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.Contains($"'{path}'", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
