using System.IO.Compression;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Data.Arrays;

/// <summary>Files of numpy: <c>.npy</c>, one array, and <c>.npz</c>, a zip of named ones.</summary>
/// <remarks>
/// Numbers of 8 to 64 bits and truth values are read, in either order of bytes and of axes; what is read lies row-major and
/// little-endian. Nothing of Python's objects is. Two bytes without a type (<c>V2</c>) are taken for bfloat16, as ml_dtypes writes them.
/// </remarks>
public static class Numpy
{
    private const string Suffix = ".npy";

    /// <summary>Reads an array or an archive of arrays; one array is called as its file.</summary>
    /// <param name="path">The file, told apart by what it begins with.</param>
    /// <param name="mostBytes">How many bytes the arrays may take; 1 GiB if null.</param>
    /// <exception cref="NonsmoothException">It cannot be read, is damaged, no such file or too large; the message names it and the array.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string path, long? mostBytes = null)
    {
        InputFile.Check(path, "file of arrays");
        long most = mostBytes ?? 1L << 30;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
            return stream.ReadByte() is 'P' && stream.Seek(0, SeekOrigin.Begin) == 0
                ? Archive(path, stream, most)
                : new Dictionary<string, StoredTensor> { [Path.GetFileNameWithoutExtension(path)] = One(stream, stream.Length, most, Refusal(path, null)) };
        }
        catch (InvalidDataException e)
        {
            throw new NonsmoothException($"'{path}' is damaged or no .npz archive ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); use another copy", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"'{path}' cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); check that you may read it", e);
        }
    }

    /// <summary>Writes an archive in one step, uncompressed; the same arrays make the same bytes.</summary>
    /// <exception cref="NonsmoothException">The file cannot be written; what was there is kept.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, StoredTensor>> arrays, IFileSystem? files = null) => AtomicFile.Write(
        path,
        stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, array) in arrays)
            {
                var entry = zip.CreateEntry(name + Suffix, CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var to = entry.Open();
                to.Write(NpyHeader.Write(array.Type, array.Shape));
                to.Write(array.Bytes.Span);
            }
        },
        files);

    private static Dictionary<string, StoredTensor> Archive(string path, Stream stream, long most)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        var arrays = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        long left = most;
        foreach (var entry in zip.Entries)
        {
            if (!entry.FullName.EndsWith(Suffix, StringComparison.Ordinal))
            {
                continue;
            }

            string name = entry.FullName[..^Suffix.Length];
            using var from = entry.Open();
            var array = One(from, entry.Length, left, Refusal(path, name));
            left -= array.Bytes.Length;
            if (!arrays.TryAdd(name, array))
            {
                throw Refusal(path, name)("there are two of that name");
            }
        }

        return arrays;
    }

    private static StoredTensor One(Stream stream, long length, long most, Func<string, NonsmoothException> refuse)
    {
        if (stream.CanSeek)
        {
            stream.Seek(0, SeekOrigin.Begin);
        }

        var header = NpyHeader.Read(stream, refuse);
        long count = StoredTensor.ByteCount(header.Type, header.Shape);
        if (count < 0 || count > length)
        {
            throw refuse($"it claims [{string.Join(", ", header.Shape)}], and has {length} bytes");
        }

        if (count > most || count > Array.MaxLength)
        {
            throw refuse($"it takes {count} bytes, more than the {most} left of what arrays may take; raise unpacked-bytes");
        }

        byte[] bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, bytes.Length, false) < bytes.Length)
        {
            throw refuse("it ends within its elements");
        }

        return new StoredTensor(header.Type, header.Shape, Ordered(bytes, header));
    }

    private static byte[] Ordered(byte[] bytes, NpyHeader header)
    {
        int size = header.Type.Size();
        if (header.IsBigEndian)
        {
            for (int i = 0; i < bytes.Length; i += size)
            {
                bytes.AsSpan(i, size).Reverse();
            }
        }

        if (!header.IsFortran || header.Shape.Length < 2)
        {
            return bytes;
        }

        byte[] rows = new byte[bytes.Length];
        var index = new long[header.Shape.Length];
        for (int to = 0; to < rows.Length; to += size)
        {
            long from = 0;
            for (int axis = index.Length - 1; axis >= 0; axis--)
            {
                from = (from * header.Shape[axis]) + index[axis];
            }

            bytes.AsSpan((int)from * size, size).CopyTo(rows.AsSpan(to));
            for (int axis = index.Length - 1; axis >= 0 && ++index[axis] == header.Shape[axis]; axis--)
            {
                index[axis] = 0;
            }
        }

        return rows;
    }

    private static Func<string, NonsmoothException> Refusal(string path, string? array) => why =>
        new($"{(array is null ? "" : $"array '{PlainText.Of(array)}' of ")}'{path}' cannot be read: {why}");
}
