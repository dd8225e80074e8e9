using System.Buffers.Binary;
using System.Text;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Data.Arrays;

/// <summary>
/// Files of tensors in the safetensors format: the length of a header, the header in JSON, then the bytes of
/// every tensor without gaps.
/// </summary>
/// <remarks>
/// A file written here carries a CRC-32C of itself as the metadata entry <see cref="ChecksumKey"/>, computed
/// with that entry's eight digits taken as zeros; it is verified when a file that has one is read. Other
/// tools read such a file as any other.
/// </remarks>
public static class SafeTensors
{
    /// <summary>The name of the metadata entry that holds the checksum.</summary>
    public const string ChecksumKey = "nonsmooth.crc32c";

    /// <summary>The largest header that is read or written, in bytes.</summary>
    public const long MaxHeader = 100_000_000;

    internal const string NoChecksum = "00000000";

    /// <summary>Writes a file in one step: see <see cref="AtomicFile"/>.</summary>
    /// <exception cref="NonsmoothException">The file cannot be written; what was there is kept.</exception>
    public static void Write(
        string path, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null, IFileSystem? files = null) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata), files);

    /// <summary>Writes to a stream, going forward only.</summary>
    /// <exception cref="ArgumentException">A name is reserved, or the header would be too large.</exception>
    public static void Write(
        Stream stream, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        // Widest elements first, so that every tensor is aligned to its elements.
        var ordered = tensors.OrderByDescending(pair => pair.Value.Type.Size()).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var header = SafeTensorsHeader.Format(ordered, metadata ?? new Dictionary<string, string>());
        if (header.LongLength > MaxHeader)
        {
            throw new ArgumentException($"The names and metadata take {header.Length} bytes, more than {MaxHeader}.", nameof(tensors));
        }

        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        var state = Checksum.Append(Checksum.Append(Checksum.Start, length), header);
        foreach (var (_, tensor) in ordered)
        {
            state = Checksum.Append(state, tensor.Bytes.Span);
        }

        Encoding.ASCII.GetBytes($"{Checksum.Finish(state):x8}", header.AsSpan(SafeTensorsHeader.ChecksumOffset));
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in ordered)
        {
            stream.Write(tensor.Bytes.Span);
        }
    }

    /// <summary>Reads a whole file and checks all of it.</summary>
    /// <exception cref="NonsmoothException">The file cannot be read, is cut, damaged, or not in this format; the message names it and what is wrong.</exception>
    public static SafeTensorsContent Read(string path) => Read(path, false);

    /// <summary>Reads a file's header and checks it, and the whole where it has a checksum; its tensors are mapped into memory, and their pages read when they are used.</summary>
    /// <remarks>The file may be replaced meanwhile, by another of its name, and is then still the old one; one that is cut is an error when a tensor is read.</remarks>
    /// <exception cref="NonsmoothException">As <see cref="Read(string)"/>.</exception>
    public static SafeTensorsContent Map(string path) => Read(path, true);

    private static SafeTensorsContent Read(string path, bool mapped)
    {
        InputFile.Check(path, "");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
            return Read(stream, path, mapped ? new MappedFile(path) : null);
        }
        catch (EndOfStreamException e)
        {
            throw new NonsmoothException($"'{path}' became shorter while it was read; wait for its writer and try again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException(
                $"'{path}' cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}); check that it exists and that you may read it.", e);
        }
    }

    private static SafeTensorsContent Read(FileStream stream, string path, MappedFile? mapped)
    {
        if (stream.Length < 8)
        {
            throw Damaged(path, $"it has {stream.Length} bytes, too few for a safetensors file");
        }

        var lengthBytes = new byte[8];
        stream.ReadExactly(lengthBytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > MaxHeader)
        {
            throw Damaged(path, $"its header claims {length} bytes, more than the {MaxHeader} a safetensors file may have");
        }

        if (length > (ulong)(stream.Length - 8))
        {
            throw Damaged(path, $"its header claims {length} bytes but only {stream.Length - 8} follow");
        }

        var headerBytes = new byte[length];
        stream.ReadExactly(headerBytes);
        var header = SafeTensorsHeader.Parse(path, headerBytes, stream.Length - 8 - (long)length);
        var tensors = new Dictionary<string, StoredTensor>(header.Entries.Count);
        var state = header.Checksum is null ? 0 : Checksum.Append(Checksum.Append(Checksum.Start, lengthBytes), header.WithoutChecksum(headerBytes));
        var others = new Dictionary<string, string>();
        foreach (var entry in header.Entries)
        {
            if (entry.Type is not { } type)
            {
                others.Add(entry.Name, entry.TypeName);
                state = PassOver(stream, entry.ByteCount, header.Checksum is null ? null : state);
                continue;
            }

            ReadOnlyMemory<byte> bytes;
            if (mapped is not null)
            {
                bytes = mapped.Run<byte>(stream.Position, (int)entry.ByteCount);
                state = PassOver(stream, entry.ByteCount, header.Checksum is null ? null : state);
            }
            else
            {
                var read = GC.AllocateUninitializedArray<byte>((int)entry.ByteCount);
                stream.ReadExactly(read);
                state = header.Checksum is null ? 0 : Checksum.Append(state, read);
                bytes = read;
            }

            tensors.Add(entry.Name, new StoredTensor(type, entry.Shape, bytes));
        }

        if (header.Checksum is not null && header.Checksum != $"{Checksum.Finish(state):x8}")
        {
            throw Damaged(path, $"its checksum is wrong (if another tool rewrote it, remove its metadata entry {ChecksumKey})");
        }

        return new SafeTensorsContent(tensors, header.Metadata, header.Checksum is not null) { Others = others };
    }

    private static uint PassOver(FileStream stream, long count, uint? state)
    {
        if (state is not { } sum)
        {
            stream.Seek(count, SeekOrigin.Current);
            return 0;
        }

        var block = new byte[Math.Min(count, 1 << 16)];
        for (long left = count; left > 0; left -= block.Length)
        {
            var part = block.AsSpan(0, (int)Math.Min(left, block.Length));
            stream.ReadExactly(part);
            sum = Checksum.Append(sum, part);
        }

        return sum;
    }

    internal static NonsmoothException Damaged(string path, string what) =>
        new($"'{path}' is damaged or not a safetensors file: {what}; use another copy.");
}
