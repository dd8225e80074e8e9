using System.Runtime.InteropServices;

namespace Nonsmooth.Files;

/// <summary>What the system says of a file without reading it; a link is followed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Bytes; of no meaning for pipes and devices.</param>
/// <param name="Written">When its content was last changed, in nanoseconds; a program can set it back.</param>
/// <param name="Changed">When content, name or rights were last changed, in nanoseconds, which no program can set; 0 where the system keeps none.</param>
/// <param name="Identity">The file behind the path: another one at the same path has another. 0 where the system keeps none.</param>
public readonly partial record struct FileStamp(FileKind Kind, long Length, long Written, long Changed, Int128 Identity)
{
    private const int Current = -100;
    private const uint Basic = 0x7FF;
    private const int Block = 256;

    /// <summary>Looks at a path; <see cref="FileKind.Missing"/> where there is nothing, or nothing that may be looked at.</summary>
    public static unsafe FileStamp Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            var file = new FileInfo(path);
            return file.Exists
                ? new FileStamp(FileKind.File, file.Length, file.LastWriteTimeUtc.Ticks * 100, 0, 0)
                : new FileStamp(Directory.Exists(path) ? FileKind.Folder : FileKind.Missing, 0, 0, 0, 0);
        }

        // The structure of statx(2), the same on every architecture.
        byte* stat = stackalloc byte[Block];
        if (Statx(Current, path, 0, Basic, stat) != 0)
        {
            return new FileStamp(FileKind.Missing, 0, 0, 0, 0);
        }

        var kind = (*(ushort*)(stat + 28) & 0xF000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.Pipe,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
        return new FileStamp(
            kind, *(long*)(stat + 40), Time(stat + 112), Time(stat + 96), ((Int128)(*(ulong*)(stat + 136)) << 64) | *(ulong*)(stat + 32));
    }

    private static unsafe long Time(byte* at) => unchecked((*(long*)at * 1_000_000_000) + *(uint*)(at + 8));

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* stat);
}
