using System.Buffers;
using System.Runtime.InteropServices;

namespace Nonsmooth.Data.Files;

/// <summary>Elements of a mapped file.</summary>
internal sealed unsafe class MappedRun<T>(MappedFile file, long offset, int count) : MemoryManager<T>
    where T : unmanaged
{
    private T* First => (T*)file.At(offset, offset + ((long)count * sizeof(T)));

    /// <inheritdoc/>
    public override Span<T> GetSpan() => new(First, count);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(First + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <summary>Copies elements out of the file.</summary>
    internal void Read(int start, Span<T> to) => file.Read(offset + ((long)start * sizeof(T)), MemoryMarshal.AsBytes(to));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}

/// <summary>Reads along runs that may lie in mapped files.</summary>
internal static class MappedRun
{
    private const int Part = 1 << 20;

    /// <summary>Copies a run, of a file or of memory.</summary>
    /// <exception cref="NonsmoothException">The file has become shorter: it is named.</exception>
    public static void Copy<T>(ReadOnlyMemory<T> run, Span<T> to)
        where T : unmanaged
    {
        if (MemoryMarshal.TryGetMemoryManager<T, MappedRun<T>>(run, out var mapped, out int start, out _))
        {
            mapped.Read(start, to);
        }
        else
        {
            run.Span[..to.Length].CopyTo(to);
        }
    }

    /// <summary>A run in parts that may be read whatever becomes of the file; one is valid until the next.</summary>
    /// <exception cref="NonsmoothException">The file has become shorter.</exception>
    public static IEnumerable<ReadOnlyMemory<T>> Parts<T>(ReadOnlyMemory<T> run)
        where T : unmanaged
    {
        if (!MemoryMarshal.TryGetMemoryManager<T, MappedRun<T>>(run, out _))
        {
            yield return run;
            yield break;
        }

        var part = new T[Math.Min(Part, run.Length)];
        for (int at = 0; at < run.Length; at += part.Length)
        {
            var now = part.AsMemory(0, Math.Min(part.Length, run.Length - at));
            Copy(run[at..], now.Span);
            yield return now;
        }
    }
}
