using System.IO.Compression;

namespace Nonsmooth.Pretrained.Archives;

/// <summary>The members of an archive below its one top folder. Nothing is ever unpacked to a disk.</summary>
internal sealed class ArchiveMembers : IDisposable
{
    private const int SymbolicLink = 0xA000;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    /// <exception cref="ArchiveException">It is no zip, or one that PyTorch would not write.</exception>
    public ArchiveMembers(Stream stream)
    {
        _zip = new ZipArchive(stream, ZipArchiveMode.Read);
        if (_zip.Entries.Count > ArchiveLimits.MostMembers)
        {
            throw new ArchiveException($"it has {_zip.Entries.Count} members, more than {ArchiveLimits.MostMembers}");
        }

        string? top = null;
        foreach (var entry in _zip.Entries)
        {
            string[] parts = entry.FullName.Split('/');
            if (entry.FullName.Contains('\\', StringComparison.Ordinal) || parts.Length < 2 || parts[0].Length == 0 || parts.Any(p => p is ".." or ".") || ((entry.ExternalAttributes >> 16) & 0xF000) == SymbolicLink)
            {
                throw new ArchiveException($"its member '{Printable(entry.FullName)}' does not lie in one top folder: torch.export.save writes it so");
            }

            if (top is not null && parts[0] != top)
            {
                throw new ArchiveException($"it has the top folders '{Printable(top)}' and '{Printable(parts[0])}': torch.export.save writes one");
            }

            top = parts[0];
            if (!_entries.TryAdd(entry.FullName[(top.Length + 1)..], entry))
            {
                throw new ArchiveException($"its member '{Printable(entry.FullName)}' is there twice");
            }
        }
    }

    /// <summary>The names below the top folder.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Whether there is a member.</summary>
    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>The bytes of a member.</summary>
    /// <exception cref="ArchiveException">There is no such member, or it is larger than it may be.</exception>
    public byte[] Read(string name, long most)
    {
        var entry = _entries.GetValueOrDefault(name) ?? throw new ArchiveException($"it has no member '{Printable(name)}'");
        if (entry.Length > most || (entry.Length > ArchiveLimits.SmallMember && entry.Length / ArchiveLimits.MostInflation > entry.CompressedLength))
        {
            throw new ArchiveException($"its member '{Printable(name)}' unpacks to {entry.Length} bytes, more than it may");
        }

        // What the directory says of the length may be wrong: no more is taken than was read.
        using var stream = entry.Open();
        using var memory = new MemoryStream((int)Math.Min(entry.Length, entry.CompressedLength));
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (memory.Length + read > entry.Length)
            {
                throw new ArchiveException($"its member '{Printable(name)}' is longer than its {entry.Length} bytes: the file is damaged");
            }

            memory.Write(buffer, 0, read);
        }

        return memory.Length == entry.Length ? memory.ToArray() : throw new ArchiveException($"its member '{Printable(name)}' ends before its {entry.Length} bytes: the file is damaged");
    }

    public void Dispose() => _zip.Dispose();

    /// <summary>A name from a file, for a message.</summary>
    public static string Printable(string name) => new([.. name.Take(100).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
}
