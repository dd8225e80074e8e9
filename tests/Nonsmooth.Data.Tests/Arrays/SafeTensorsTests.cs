using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests.Arrays;

public sealed class SafeTensorsTests
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}""";

    [Fact]
    public void GivesBackWhatWasWritten()
    {
        var tensor = Gen.Select(Gen.Enum<StoredType>(), Gen.Long[0, 3].Array[0, 3], Gen.Int).Select((type, shape, seed) =>
        {
            var bytes = new byte[StoredTensor.ByteCount(type, shape)];
            new Nonsmooth.Randomness.CounterRandom((ulong)seed).Permutation(bytes.Length).Select(i => (byte)i).ToArray().CopyTo(bytes, 0);
            return new StoredTensor(type, shape, bytes);
        });
        using var folder = new TemporaryFolder();
        var path = folder.File("tensors");
        Gen.Select(Gen.Dictionary(Gen.String, tensor)[0, 5], Gen.Dictionary(Gen.String, Gen.String)[0, 3]).Sample((tensors, metadata) =>
        {
            SafeTensors.Write(path, tensors, metadata);
            var content = SafeTensors.Read(path);
            Assert.True(content.HasChecksum);
            Assert.Equal(metadata, content.Metadata);
            Assert.Equal(tensors.Keys.Order(), content.Tensors.Keys.Order());
            foreach (var (name, written) in tensors)
            {
                var read = content.Tensors[name];
                Assert.Equal(written.Type, read.Type);
                Assert.Equal(written.Shape, read.Shape);
                Assert.True(written.Bytes.Span.SequenceEqual(read.Bytes.Span));
            }
        }, iter: 200, threads: 1);
    }

    [Fact]
    public void WritesTheFormatOthersRead()
    {
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, new Dictionary<string, StoredTensor> { ["b"] = StoredTensor.Of([(byte)7], 1), ["a"] = StoredTensor.Of([1f, 2f], 1, 2) });
        var file = stream.ToArray();
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        Assert.Equal(0, length % 8);
        Assert.Matches(
            """^\{"__metadata__":\{"nonsmooth.crc32c":"[0-9a-f]{8}"\},"a":\{"dtype":"F32","shape":\[1,2\],"data_offsets":\[0,8\]\},"b":\{"dtype":"U8","shape":\[1\],"data_offsets":\[8,9\]\}\} *$""",
            Encoding.UTF8.GetString(file, 8, length));
        Assert.Equal([0, 0, 128, 63, 0, 0, 0, 64, 7], file[(8 + length)..]);
    }

    [Fact]
    public void ReadsAFileOfAnotherTool()
    {
        using var folder = new TemporaryFolder();
        var content = SafeTensors.Read(folder.Write("x", File(Good + "   ", 11)));
        Assert.False(content.HasChecksum);
        Assert.Equal(["a", "b"], content.Tensors.Keys);
        Assert.Equal([8, 9, 10], content.Tensors["b"].Values<byte>().ToArray());
    }

    [Fact]
    public void RefusesAFileCutAnywhere()
    {
        var file = File(Good, 11);
        for (var length = 0; length < file.Length; length++)
        {
            Refuses(file[..length], "");
        }

        Refuses([.. file, 0], "its tensors take 11 bytes but 12 follow the header");
    }

    [Theory]
    [InlineData("""[]""", "does not start with '{'")]
    [InlineData("""{"a":""", "not valid JSON (line 1, byte 6)")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}""", "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,11]}}""", "of F32 [3] needs 12 bytes but has 11")]
    [InlineData("""{"a":{"dtype":"F99","shape":[2],"data_offsets":[8,0]}}""", "ends at byte 0, before its start at 8")]
    [InlineData("""{"a":{"dtype":"U8","shape":[11],"data_offsets":[11,0]}}""", "ends at byte 0, before its start at 11")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[4],"data_offsets":[7,11]}}""", "tensor b overlaps the one before, at byte 7 instead of 8")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[2],"data_offsets":[9,11]}}""", "tensor b leaves a gap before it, at byte 9 instead of 8")]
    [InlineData("""{"a":{"dtype":"U8","shape":[10],"data_offsets":[1,11]}}""", "leaves a gap before it")]
    [InlineData("""{"a":{"dtype":"U8","shape":[12],"data_offsets":[0,12]}}""", "take 12 bytes but 11 follow")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-11],"data_offsets":[0,11]}}""", "lacks a text dtype, a shape of whole numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,11]}}""", "lacks a text dtype, a shape of whole numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[11],"data_offsets":[0,11,12]}}""", "two data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[11],"data_offsets":[0,1e30]}}""", "two data_offsets")]
    [InlineData("""{"a":{"dtype":8,"shape":[11],"data_offsets":[0,11]}}""", "lacks a text dtype")]
    [InlineData("""{"a":{"dtype":"U8","shape":[11],"data_offsets":[0,11],"x":1}}""", "that is not dtype, shape or data_offsets")]
    [InlineData("""{"a":{"dtype":"F64","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,11]}}""", "needs more than can be counted bytes")]
    [InlineData("""{"a":7}""", "lacks a text dtype")]
    [InlineData("""{"__metadata__":7}""", "its __metadata__ is not an object")]
    [InlineData("""{"__metadata__":{"x":7}}""", "metadata entry x is not a text")]
    [InlineData("""{"a\nb":7}""", "tensor a\\nb lacks")]
    [InlineData("""{"\ud800":7}""", "not valid JSON")]
    [InlineData("""{"__metadata__":{"nonsmooth.crc32c":"12345678"},"a":{"dtype":"U8","shape":[11],"data_offsets":[0,11]}}""", "its checksum is wrong")]
    [InlineData("""{"__metadata__":{"nonsmooth.crc32c":""},"a":{"dtype":"U8","shape":[11],"data_offsets":[0,11]}}""", "its checksum is wrong")]
    public void NamesWhatIsWrongInTheHeader(string header, string part) => Refuses(File(header, 11), part);

    [Fact]
    public void PassesOverTypesThatAreNotReadHereAndNamesThem()
    {
        using var folder = new TemporaryFolder();
        var content = SafeTensors.Read(folder.Write("x", File("""{"a":{"dtype":"F8_E8M0","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[8],"data_offsets":[3,11]}}""", 11)));
        Assert.Equal("F8_E8M0", Assert.Single(content.Others).Value);
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10], Assert.Single(content.Tensors).Value.Bytes.ToArray());
    }

    [Fact]
    public void RefusesHeadersOfImpossibleLength()
    {
        var file = File(Good, 11);
        foreach (var length in new[] { 100_000_001UL, ulong.MaxValue, 1UL << 63 })
        {
            BinaryPrimitives.WriteUInt64LittleEndian(file, length);
            Refuses(file, $"its header claims {length} bytes");
        }

        BinaryPrimitives.WriteUInt64LittleEndian(file, 5000);
        Refuses(file, "its header claims 5000 bytes but only");
    }

    [Fact]
    public void RefusesBytesThatAreNotText()
    {
        var file = File("""{"a?":{"dtype":"U8","shape":[11],"data_offsets":[0,11]}}""", 11);
        file[8 + 3] = 0xFF;
        Refuses(file, "not valid JSON");
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void SurvivesAnyBytes() => Gen.Select(Gen.Byte.Array[0, 40], Gen.Int[0, 150], Gen.Byte).Sample((bytes, at, value) =>
    {
        var file = File(Good, 11);
        file[at % file.Length] = value;
        foreach (var content in new[] { bytes, [(byte)bytes.Length, 0, 0, 0, 0, 0, 0, 0, .. bytes], file })
        {
            using var folder = new TemporaryFolder();
            var e = Record.Exception(() => SafeTensors.Read(folder.Write("x", content)));
            Assert.True(e is null or NonsmoothException, e?.ToString());
        }
    }, iter: 500, threads: 1);

    [Fact]
    public void NamesAFileThatIsNotThere()
    {
        var e = Assert.Throws<NonsmoothException>(() => SafeTensors.Read("/nowhere/x"));
        Assert.StartsWith("'/nowhere/x' cannot be read", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static byte[] File(string header, int data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. Enumerable.Range(0, data).Select(i => (byte)i)];
    }

    private static void Refuses(byte[] content, string part)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("x", content);
        var e = Assert.Throws<NonsmoothException>(() => SafeTensors.Read(path));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.Contains($"'{path}'", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
