using System.Buffers.Binary;
using System.IO.Compression;

namespace Nonsmooth.Pretrained.Archives;

/// <summary>Writes an archive again with other weights: every other member is copied as it is.</summary>
public static class ArchiveWriter
{
    /// <summary>Writes the file that an archive came from with other weights.</summary>
    /// <param name="archive">The archive, of a file.</param>
    /// <param name="weights">Numbers by name, row-major; those that are not given stay.</param>
    /// <param name="to">Where to; what was there is kept until all is written.</param>
    /// <exception cref="ArchiveException">A weight has another number of elements or cannot be stored in its type, or the file cannot be written.</exception>
    public static void Write(Archive archive, IReadOnlyDictionary<string, float[]> weights, string to)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var members = archive.Weights.Values.Where(w => weights.ContainsKey(w.Name)).GroupBy(w => w.Member).ToDictionary(g => $"data/weights/{g.Key}", g => Encoded(g.First(), weights[g.First().Name]), StringComparer.Ordinal);
        string part = to + ".part";
        try
        {
            using (var source = ZipFile.OpenRead(archive.Path))
            using (var target = new ZipArchive(File.Create(part), ZipArchiveMode.Create))
            {
                foreach (var entry in source.Entries)
                {
                    // Stored as they are, as PyTorch does: readers map them into memory.
                    var copy = target.CreateEntry(entry.FullName, CompressionLevel.NoCompression);
                    using var stream = copy.Open();
                    if (members.TryGetValue(entry.FullName[(entry.FullName.IndexOf('/', StringComparison.Ordinal) + 1)..], out byte[]? bytes))
                    {
                        stream.Write(bytes);
                    }
                    else
                    {
                        using var old = entry.Open();
                        old.CopyTo(stream);
                    }
                }
            }

            File.Move(part, to, true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            File.Delete(part);
            throw new ArchiveException($"'{to}' cannot be written ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})", e);
        }
    }

    private static byte[] Encoded(ArchiveTensor tensor, float[] values)
    {
        if (values.Length != tensor.Shape.Elements || !tensor.IsDense)
        {
            throw new ArchiveException($"'{tensor.Name}' is {tensor.Shape}{(tensor.IsDense ? "" : ", a view of its storage")}, and {values.Length} numbers are given");
        }

        int size = tensor.Type.Size();
        byte[] bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            var place = bytes.AsSpan(i * size);
            switch (tensor.Type)
            {
                case ArchiveType.Float:
                    BinaryPrimitives.WriteSingleLittleEndian(place, values[i]);
                    break;
                case ArchiveType.Double:
                    BinaryPrimitives.WriteDoubleLittleEndian(place, values[i]);
                    break;
                case ArchiveType.Half:
                    BinaryPrimitives.WriteHalfLittleEndian(place, (Half)values[i]);
                    break;
                default:
                    throw new ArchiveException($"'{tensor.Name}' is stored as {tensor.Type}, in which trained weights are not written: export the network in 32 bits");
            }
        }

        return bytes;
    }
}
