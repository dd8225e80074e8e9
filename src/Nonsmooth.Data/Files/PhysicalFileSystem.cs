using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Nonsmooth.Data.Files;

/// <summary>The disk itself.</summary>
public sealed partial class PhysicalFileSystem : IFileSystem
{
    /// <summary>The one instance; it has no state.</summary>
    public static PhysicalFileSystem Instance { get; } = new();

    private const int InvalidArgument = 22;

    private PhysicalFileSystem()
    {
    }

    /// <inheritdoc/>
    public Stream Create(string path) => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);

    /// <inheritdoc/>
    public void Sync(Stream stream) => ((FileStream)stream).Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void SyncFolder(string folder)
    {
        // Windows writes renames with the file and lets no program sync a folder.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, 0);
        if (handle < 0)
        {
            throw Failure(folder);
        }

        try
        {
            // Some network file systems cannot sync a folder and say so with EINVAL.
            if (Fsync(handle) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            {
                throw Failure(folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void Preserve(string path, string backup)
    {
        var second = Path.Combine(Path.GetDirectoryName(backup) ?? "", $".{Path.GetFileName(backup)}.link.tmp");
        File.Delete(second);
        if (OperatingSystem.IsWindows() || Link(path, second) != 0)
        {
            Rename(path, backup);
            return;
        }

        Rename(second, backup);
        // Renaming one name of a file to another name of the same file does nothing at all.
        File.Delete(second);
    }

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void DeleteUnused(string path)
    {
        try
        {
            // A writer holds the file without sharing it, so it opens only once its writer is gone.
            using var unused = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In use, or already gone: not ours to delete. It takes space, no more, and the next save tries again.
        }
    }

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public IEnumerable<string> List(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern);

    private static IOException Failure(string folder) =>
        new($"The folder '{folder}' cannot be synced: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string path, string second);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
