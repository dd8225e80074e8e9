using System.Formats.Tar;

namespace Nonsmooth.Data;

/// <summary>A file of a tar archive.</summary>
/// <param name="Name">Its path in the archive.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record TarItem(string Name, byte[] Content)
{
    // An archive ends with zeros, at least one block of them; without them a cut between two entries would go unseen.
    private const int Block = 512;

    /// <summary>Reads the wanted files of an archive, gzipped or not, in its order.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="wanted">Which files, by path in the archive.</param>
    /// <param name="longest">The most bytes that one of them may have.</param>
    /// <param name="most">The most bytes that all of them may have.</param>
    /// <exception cref="NonsmoothException">The archive cannot be read, is cut or damaged, or a wanted file is a link or too long.</exception>
    public static List<TarItem> Read(string path, Func<string, bool> wanted, long longest, long? most = null) =>
        PackedFile.Read(path, stream =>
        {
            var place = "at its beginning";
            try
            {
                var entries = new List<TarItem>();
                long left = most ?? DataLimits.Usual.UnpackedBytes;
                using var tar = new TarReader(stream, leaveOpen: true);
                while (tar.GetNextEntry() is { } entry)
                {
                    if (entry.EntryType is not (TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes) && wanted(entry.Name))
                    {
                        place = $"in '{entry.Name}'";
                        entries.Add(new TarItem(entry.Name, ContentOf(path, entry, longest)));
                        left -= entries[^1].Content.Length;
                        if (left < 0)
                        {
                            throw new NonsmoothException($"'{path}' has more than the {most ?? DataLimits.Usual.UnpackedBytes} bytes of files it may have; unpack it.");
                        }
                    }

                    place = $"after '{entry.Name}'";
                }

                stream.Drain();
                return stream.TrailingZeros >= Block
                    ? entries
                    : throw new NonsmoothException($"'{path}' is cut or damaged {place}: the end mark of a tar archive is missing; fetch it again.");
            }
            // The reader's own errors: a size that does not fit it, digits that are none, a name or a time that cannot be.
            catch (Exception e) when (e is EndOfStreamException or InvalidDataException or OverflowException or FormatException or ArgumentException or NotSupportedException)
            {
                throw new NonsmoothException($"'{path}' is cut or damaged {place} ({PackedFile.OneLine(e)}); fetch it again.", e);
            }
        });

    private static byte[] ContentOf(string path, TarEntry entry, long longest)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
        {
            throw new NonsmoothException($"'{entry.Name}' of '{path}' is not a file but a {entry.EntryType}; pack the file itself.");
        }

        if (entry.Length > longest)
        {
            throw new NonsmoothException($"'{entry.Name}' of '{path}' has {entry.Length} bytes, more than the {longest} it may have; replace it.");
        }

        // The length is only what the header claims, but it is at most what the caller allows.
        var content = new byte[entry.Length];
        entry.DataStream?.ReadExactly(content);
        return content;
    }
}
