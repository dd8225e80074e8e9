using System.Runtime.InteropServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>Returns memory of released tensors to the system once much of it has gathered.</summary>
/// <remarks>
/// <para>glibc before 2.38 seldom gives a released block of aligned memory, as libtorch asks for, to the next request for
/// as much: a small transformer's training grew by some 0.7 GB in 500 steps, and by as much again in the next run
/// of the process. Pages of free blocks are handed back here, which keeps what the process holds near what is in use; the blocks stay.</para>
/// <para>With another C library nothing is done. Not thread-safe; one instance a training.</para>
/// </remarks>
public sealed unsafe class FreedMemory
{
    /// <summary>Bytes of free blocks that gather before their pages are handed back. Default 128 MiB.</summary>
    public long Most { get; init; } = 128L << 20;

    private static readonly (nint Information, nint Trim) _entries = Find();
    private long _left;

    /// <summary>Whether the C library can be asked.</summary>
    public static bool IsSupported => _entries is { Information: not 0, Trim: not 0 };

    /// <summary>Bytes in blocks that are free but kept by the process, handed back or not; 0 where the C library cannot be asked.</summary>
    public static long Free => IsSupported ? (long)((delegate* unmanaged[Cdecl]<Information>)_entries.Information)().FreeBytes : 0;

    /// <summary>Hands back what has gathered, if it is much; costs some microseconds where it is not.</summary>
    /// <returns>Whether pages were handed back.</returns>
    public bool Return()
    {
        long free = Free;
        if (free < _left + Most)
        {
            // What was handed back and is in use again may gather again.
            _left = Math.Min(_left, free);
            return false;
        }

        Trim();
        _left = Free;
        return true;
    }

    /// <summary>Hands back every page of free blocks.</summary>
    public static void Trim()
    {
        if (IsSupported)
        {
            ((delegate* unmanaged[Cdecl]<nuint, int>)_entries.Trim)(0);
        }
    }

    private static (nint Information, nint Trim) Find() =>
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out nint library)
        && NativeLibrary.TryGetExport(library, "mallinfo2", out nint information)
        && NativeLibrary.TryGetExport(library, "malloc_trim", out nint trim)
            ? (information, trim)
            : default;

    // struct mallinfo2: ten numbers of the machine's word.
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    private readonly struct Information
    {
        [FieldOffset(64)]
        public readonly nuint FreeBytes;
    }
}
