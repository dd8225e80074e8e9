using System.IO.MemoryMappedFiles;

namespace Nonsmooth.Data.Files;

/// <summary>A file mapped into memory: pages are read when they are used, and shared with other processes.</summary>
/// <remarks>
/// A page of a mapped file that was cut ends the process. So the length is looked at before a span is handed out, and
/// whoever reads along a run copies with <see cref="MappedRun.Copy"/>, which reads the file instead.
/// </remarks>
#pragma warning disable CA1001 // Nothing says when the last span of it is gone: its handle is closed with the last run, its pages never.
internal sealed unsafe class MappedFile
#pragma warning restore CA1001
{
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly byte* _start;

    /// <summary>Maps a file as long as it is now.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public MappedFile(string path)
    {
        _path = path;
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        using var file = MemoryMappedFile.CreateFromFile(_stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read).SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Elements of it.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="count">How many elements.</param>
    /// <exception cref="NonsmoothException">It has fewer.</exception>
    public ReadOnlyMemory<T> Run<T>(long offset, int count)
        where T : unmanaged
    {
        Require(offset + ((long)count * sizeof(T)));
        return new MappedRun<T>(this, offset, count).Memory;
    }

    /// <summary>Where a byte lies.</summary>
    internal byte* At(long offset, long end)
    {
        Require(end);
        return _start + offset;
    }

    /// <summary>Reads bytes from the file itself.</summary>
    internal void Read(long offset, Span<byte> to)
    {
        while (to.Length > 0)
        {
            int read = RandomAccess.Read(_stream.SafeFileHandle, to, offset);
            if (read == 0)
            {
                throw Cut();
            }

            to = to[read..];
            offset += read;
        }
    }

    private void Require(long length)
    {
        if (RandomAccess.GetLength(_stream.SafeFileHandle) < length)
        {
            throw Cut();
        }
    }

    private NonsmoothException Cut() => new($"'{_path}' has become shorter while it was in use: restore it, or delete it where it is made from a text");
}
