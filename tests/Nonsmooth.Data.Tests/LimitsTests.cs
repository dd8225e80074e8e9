using System.Buffers.Binary;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Nonsmooth.Files;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

/// <summary>Files that claim more than they are, have no end, or change while they are used.</summary>
public sealed class LimitsTests
{
    private static readonly DatasetOptions Options = new() { Tokens = 2 };

    [Fact]
    public void APipeIsRefusedBeforeItIsOpened()
    {
        using var folder = new TemporaryFolder();
        string pipe = Pipe(folder, "pipe"), tokens = Pipe(folder, "pipe.tokens");
        AssertRefuses(() => GivenText.Characters(pipe, Options), "it is a pipe, not a file");
        AssertRefuses(() => GivenText.Pairs(tokens, Options), "it is a pipe, not a file");
        AssertRefuses(() => TokenFile.Open(pipe), "it is a pipe, not a file");
        AssertRefuses(() => IdxFile.Read(pipe, 3), "it is a pipe, not a file");
        AssertRefuses(() => TarItem.Read(pipe, _ => true, 10), "it is a pipe, not a file");
    }

    [Fact]
    public void ADeviceWithoutEndIsRefusedBeforeItIsRead()
    {
        AssertRefuses(() => GivenText.Characters("/dev/zero", Options), "it is a device, not a file");
        AssertRefuses(() => IdxFile.Read("/dev/zero", 3), "it is a device, not a file");
        AssertRefuses(() => InputFile.ReadBytes("/dev/zero", "text", 10), "text '/dev/zero' cannot be read: it is a device, not a file");
    }

    [Fact]
    public void ATextAboveTheLimitIsRefusedAndAHigherLimitTakesIt()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("text", new byte[101]);
        var low = Options with { Limits = new DataLimits { TextBytes = 100 } };
        AssertRefuses(() => GivenText.Characters(path, low), "has 101 bytes, more than the 100 it may have");
        Assert.True(GivenText.Characters(path, Options).Train.Count > 0);
    }

    [Fact]
    public void ImagesOfMorePixelsThanMayBeAreRefusedByTheirHeader()
    {
        byte[] large = Claiming(11_585, 11_585, TinyImages.Png(1, 2, 3));
        AssertRefuses(() => ImageDecoder.Decode("'x'", large, DataLimits.Usual.ImagePixels), "is 11585x11585 pixels, more than the 67108864 it may have");
    }

    [Fact]
    public void APngThatUnpacksToFarMoreThanItsPixelsIsRefused()
    {
        byte[] bomb = Claiming(1, 1, TinyImages.Png(4096, 11_000, new byte[3 * 4096 * 11_000]));
        AssertRefuses(() => ImageDecoder.Decode("'x'", bomb, 1 << 26), "unpacks to far more than its");
    }

    [Fact]
    public void AGzipThatUnpacksWithoutEndIsRefusedInBoundedMemory()
    {
        using var folder = new TemporaryFolder();
        using (var zip = new GZipStream(File.Create(folder.File("x.gz")), CompressionLevel.Fastest))
        {
            for (int i = 0; i < 1 << 8; i++)
            {
                zip.Write(new byte[1 << 20]);
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefuses(() => IdxFile.Read(folder.File("x.gz"), 3), "IDX type 0x00");
        AssertRefuses(() => PackedFile.ReadAll(folder.File("x.gz"), 1 << 20), "more than the 1048576 bytes it may have, unpacked");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Theory]
    [InlineData("8589934592")]
    [InlineData("99999999999999999999999999")]
    [InlineData("-1")]
    [InlineData("x")]
    public void ATarSizeOfAnExtendedHeaderIsRefused(string size)
    {
        using var stored = new MemoryStream();
        using (var tar = new TarWriter(stored, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "a", new Dictionary<string, string> { ["comment"] = new string('c', 40) }) { DataStream = new MemoryStream([1, 2, 3]) });
        }

        byte[] bytes = stored.ToArray();
        string record = $" size={size}\n";
        record = (record.Length + (record.Length < 8 ? 1 : 2)) + record;
        int at = bytes.AsSpan().IndexOf("52 comment="u8);
        Assert.True(at > 0);
        byte[] forged = Encoding.ASCII.GetBytes(record + Comment(52 - record.Length));
        forged.CopyTo(bytes, at);
        using var folder = new TemporaryFolder();
        AssertRefuses(() => TarItem.Read(folder.Write("x.tar", bytes), _ => true, 1 << 20), "x.tar'");

        static string Comment(int length) => $"{length} c={new string('c', length - 6)}\n";
    }

    [Fact]
    public void ATarSizeInBinaryBeyondAFileIsRefused()
    {
        byte[] bytes = TinyImages.Tar(("a", [1, 2, 3]));
        bytes.AsSpan(124, 12).Fill(0xFF);
        using var folder = new TemporaryFolder();
        AssertRefuses(() => TarItem.Read(folder.Write("x.tar", bytes), _ => true, 1 << 20), "x.tar'");
    }

    [Fact]
    public void ATokenFileThatIsShortenedWhileInUseIsAnErrorThatNamesIt()
    {
        using var folder = new TemporaryFolder();
        new TokenFile("source", ["a", "b"], new ushort[100_000]).Write(folder.File("x.tokens"));
        var split = (TokenSplit)GivenText.Pairs(folder.File("x.tokens"), Options).Train;
        var target = new byte[16];
        split.Fill([40_000], 0, target);
        using (var file = new FileStream(folder.File("x.tokens"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(1000);
        }

        AssertRefuses(() => split.Fill([40_000], 0, target), "x.tokens' has become shorter while it was in use");
        AssertRefuses(() => split.ToTokens(), "x.tokens' has become shorter while it was in use");
        split.Fill([0], 0, target);
    }

    [Fact]
    public void ATextEditedWithEqualLengthAndTimeIsEncodedAnew()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("text", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ab", 50))));
        Assert.Equal(["a", "b"], GivenText.Characters(path, Options).ClassNames);
        var time = File.GetLastWriteTimeUtc(path);
        folder.Write("text", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("cd", 50))));
        File.SetLastWriteTimeUtc(path, time);
        Assert.Equal(["c", "d"], GivenText.Characters(path, Options).ClassNames);
    }

    [Fact]
    public void KeptTokensChangeWithEitherTableOfPairs()
    {
        using var folder = new TemporaryFolder();
        var options = Options with { Locations = new DataLocations { Option = folder.Path } };
        void Tables(string encoder) => folder.Unpack(
            ("gpt2/encoder.json", Encoding.ASCII.GetBytes(encoder)), ("gpt2/vocab.bpe", "#version: 0.2\na b\n"u8.ToArray()));
        string path = folder.Write("text", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abba", 50))));
        Tables("{\"a\":0,\"b\":1,\"ab\":2}");
        var first = ((TokenSplit)GivenText.Pairs(path, options).Train).ToTokens();
        Tables("{\"a\":1,\"b\":0,\"ab\":2}");
        var second = ((TokenSplit)GivenText.Pairs(path, options).Train).ToTokens();
        Assert.Equal(first.Select(t => t == 2 ? 2 : 1 - t), second.Select(t => (int)t));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void AnImageReplacedWithEqualLengthAndTimeIsDecodedAnew()
    {
        using var folder = new TemporaryFolder();
        byte[] Grey(byte grey) => TinyImages.Jpeg(grey);
        folder.Unpack(("train/a/x.jpg", Grey(70)), ("val/a/x.jpg", Grey(70)));
        var options = new DatasetOptions { ImageSize = 16 };
        float[] first = Pixels();
        string path = folder.File("val/a/x.jpg");
        var time = File.GetLastWriteTimeUtc(path);
        File.WriteAllBytes(path, Grey(90));
        File.SetLastWriteTimeUtc(path, time);
        Assert.NotEqual(first, Pixels());

        float[] Pixels()
        {
            var to = new float[3 * 16 * 16];
            ImageFolder.Load(folder.Path, options).Test.Fill([0], to, new long[1]);
            return to;
        }
    }

    private static byte[] Claiming(uint width, uint height, byte[] png)
    {
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.HashToUInt32(png.AsSpan(12, 17)));
        return png;
    }

    private static string Pipe(TemporaryFolder folder, string name)
    {
        using var made = Process.Start("mkfifo", [folder.File(name)]);
        made.WaitForExit();
        Assert.SkipUnless(made.ExitCode == 0, "no pipe can be made here");
        return folder.File(name);
    }

    private static void AssertRefuses(Action read, string part) =>
        Assert.Contains(part, Assert.Throws<NonsmoothException>(read).Message, StringComparison.Ordinal);

    private static void AssertRefuses(Func<object> read, string part) => AssertRefuses(() => { _ = read(); }, part);
}
