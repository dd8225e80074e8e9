using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Nonsmooth.Data;

/// <summary>Part of a file as 16-bit tokens: pages are read when they are used, and shared with other processes.</summary>
internal sealed unsafe class MappedTokens : MemoryManager<ushort>
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly ushort* first;
    private readonly int count;

    /// <summary>Maps a part of a file.</summary>
    public MappedTokens(string path, long offset, int count)
    {
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        first = (ushort*)(start + offset);
        this.count = count;
    }

    /// <inheritdoc/>
    public override Span<ushort> GetSpan() => new(first, count);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(first + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }
}
