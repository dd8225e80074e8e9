using System.Runtime.InteropServices;
using System.Text;

namespace Nonsmooth.LibTorch.Native;

/// <summary>The few entries of the C library that <see cref="NativeLog"/> needs.</summary>
internal sealed unsafe class Libc
{
    private readonly delegate* unmanaged[Cdecl]<nint, int> _fileno;
    private readonly delegate* unmanaged[Cdecl]<nint, void> _flockfile;
    private readonly delegate* unmanaged[Cdecl]<nint, void> _funlockfile;
    private readonly delegate* unmanaged[Cdecl]<byte*, uint, int> _memfdCreate;
    private readonly delegate* unmanaged[Cdecl]<int, long, int> _ftruncate;
    private readonly delegate* unmanaged[Cdecl]<void*, nuint, int, int, int, long, void*> _mmap;
    private readonly delegate* unmanaged[Cdecl]<int, long, int, long> _lseek;
    private readonly delegate* unmanaged[Cdecl]<int, byte*, nuint, nint> _write;

    private Libc(nint stderr, EntryTable c)
    {
        Stderr = stderr;
        _fileno = (delegate* unmanaged[Cdecl]<nint, int>)c.Required("fileno");
        _flockfile = (delegate* unmanaged[Cdecl]<nint, void>)c.Required("flockfile");
        _funlockfile = (delegate* unmanaged[Cdecl]<nint, void>)c.Required("funlockfile");
        _memfdCreate = (delegate* unmanaged[Cdecl]<byte*, uint, int>)c.Required("memfd_create");
        _ftruncate = (delegate* unmanaged[Cdecl]<int, long, int>)c.Required("ftruncate");
        _mmap = (delegate* unmanaged[Cdecl]<void*, nuint, int, int, int, long, void*>)c.Required("mmap");
        _lseek = (delegate* unmanaged[Cdecl]<int, long, int, long>)c.Required("lseek");
        _write = (delegate* unmanaged[Cdecl]<int, byte*, nuint, nint>)c.Required("write");
    }

    /// <summary>The address of C's standard error stream.</summary>
    public nint Stderr { get; }

    public static Libc? TryCreate()
    {
        if (!NativeLibrary.TryLoad("libc.so.6", out var library)
            || !NativeLibrary.TryGetExport(library, "_IO_2_1_stderr_", out var stderr))
        {
            return null;
        }

        var entries = new EntryTable(library);
        var libc = new Libc(stderr, entries);
        return entries.Missing.Count == 0 ? libc : null;
    }

    public int FileNumber() => _fileno(Stderr);

    public void Lock() => _flockfile(Stderr);

    public void Unlock() => _funlockfile(Stderr);

    /// <summary>A close-on-exec file in memory of <paramref name="capacity"/> zero bytes, mapped; negative when refused.</summary>
    public int CreateMemoryFile(int capacity, out byte* text)
    {
        text = null;
        fixed (byte* name = "nonsmooth-libtorch-log\0"u8)
        {
            var file = _memfdCreate(name, 1);
            if (file < 0 || _ftruncate(file, capacity) != 0)
            {
                return -1;
            }

            var address = _mmap(null, (nuint)capacity, 3, 1, file, 0);
            text = (byte*)address;
            return (nint)address == -1 ? -1 : file;
        }
    }

    /// <summary>Back to the start, without what was printed beyond <paramref name="capacity"/>.</summary>
    public void Rewind(int file, int capacity)
    {
        _ = _ftruncate(file, capacity);
        _ = _lseek(file, 0, 0);
    }

    public void WriteToTerminal(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        while (bytes.Length > 0)
        {
            fixed (byte* start = bytes)
            {
                var written = _write(2, start, (nuint)bytes.Length);
                if (written <= 0)
                {
                    return;
                }

                bytes = bytes[(int)written..];
            }
        }
    }
}
