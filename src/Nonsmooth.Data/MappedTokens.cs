using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Nonsmooth.Data;

/// <summary>Part of a file as 16-bit tokens: pages are read when they are used, and shared with other processes.</summary>
/// <remarks>
/// A page of a mapped file that was cut ends the process. So the length is looked at before a span is handed out, and
/// whoever reads along a run copies with <see cref="Copy"/>, which reads the file instead.
/// </remarks>
internal sealed unsafe class MappedTokens : MemoryManager<ushort>
{
    private const int Part = 1 << 20;
    private readonly string path;
    private readonly FileStream stream;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly ushort* first;
    private readonly long offset;
    private readonly int count;

    /// <summary>Maps a part of a file.</summary>
    public MappedTokens(string path, long offset, int count)
    {
        (this.path, this.offset, this.count) = (path, offset, count);
        stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        RequireWhole();
        file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        first = (ushort*)(start + offset);
    }

    /// <summary>Copies a run of tokens, of a file or of memory.</summary>
    /// <exception cref="NonsmoothException">The file has become shorter: it is named.</exception>
    public static void Copy(ReadOnlyMemory<ushort> tokens, Span<ushort> to)
    {
        if (MemoryMarshal.TryGetMemoryManager<ushort, MappedTokens>(tokens, out var mapped, out int start, out _))
        {
            mapped.Read(start, to);
        }
        else
        {
            tokens.Span[..to.Length].CopyTo(to);
        }
    }

    /// <summary>The tokens in parts that may be read whatever becomes of the file; one is valid until the next.</summary>
    /// <exception cref="NonsmoothException">The file has become shorter.</exception>
    public static IEnumerable<ReadOnlyMemory<ushort>> Parts(ReadOnlyMemory<ushort> tokens)
    {
        if (!MemoryMarshal.TryGetMemoryManager<ushort, MappedTokens>(tokens, out _))
        {
            yield return tokens;
            yield break;
        }

        var part = new ushort[Math.Min(Part, tokens.Length)];
        for (int at = 0; at < tokens.Length; at += part.Length)
        {
            var now = part.AsMemory(0, Math.Min(part.Length, tokens.Length - at));
            Copy(tokens[at..], now.Span);
            yield return now;
        }
    }

    /// <inheritdoc/>
    public override Span<ushort> GetSpan()
    {
        RequireWhole();
        return new(first, count);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        RequireWhole();
        return new(first + elementIndex);
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Without a finalizer: a span does not keep this alive, and the pages are the file's.
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
        stream.Dispose();
    }

    private void Read(int start, Span<ushort> to)
    {
        var bytes = MemoryMarshal.AsBytes(to);
        long at = offset + ((long)start * sizeof(ushort));
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(stream.SafeFileHandle, bytes, at);
            if (read == 0)
            {
                throw Cut();
            }

            bytes = bytes[read..];
            at += read;
        }
    }

    private void RequireWhole()
    {
        if (RandomAccess.GetLength(stream.SafeFileHandle) < offset + ((long)count * sizeof(ushort)))
        {
            throw Cut();
        }
    }

    private NonsmoothException Cut() => new($"'{path}' has become shorter while it was in use: restore it, or delete it where it is made from a text");
}
