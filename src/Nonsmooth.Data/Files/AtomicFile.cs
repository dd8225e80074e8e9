namespace Nonsmooth.Data.Files;

/// <summary>
/// Writes a file so that, whatever fails and whenever the process is killed, its name holds either the old
/// content or the new, whole.
/// </summary>
/// <remarks>
/// The content goes to a temporary file in the same folder, is forced to the disk, and takes the name in one
/// step. A temporary file that a killed process left is deleted by the next save to that name.
/// </remarks>
public static class AtomicFile
{
    private static int counter;

    /// <summary>Writes a file, making its folder if need be.</summary>
    /// <param name="path">The name it shall have.</param>
    /// <param name="write">Writes the content to a stream that can only go forward.</param>
    /// <param name="files">Default: the disk.</param>
    /// <exception cref="NonsmoothException">The disk is full, or the path cannot be written; what was there is kept.</exception>
    public static void Write(string path, Action<Stream> write, IFileSystem? files = null) =>
        Write(path, write, files ?? PhysicalFileSystem.Instance, beforeRename: null);

    /// <summary>As above; <paramref name="beforeRename"/> runs when the new content is safe on the disk and the old one still has its name.</summary>
    internal static void Write(string path, Action<Stream> write, IFileSystem files, Action? beforeRename)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? throw new NonsmoothException($"'{path}' names no file; add a file name.");
        var prefix = $".{Path.GetFileName(full)}.";
        var temporary = Path.Combine(folder, $"{prefix}{Environment.ProcessId}-{Interlocked.Increment(ref counter)}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var leftover in files.List(folder, prefix + "*.tmp").ToList())
            {
                files.DeleteUnused(leftover);
            }

            WriteAndRename(temporary, full, write, files, beforeRename);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException(
                $"'{path}' could not be saved ({OneLine(e)}); what was there is kept: free some space or choose another folder.", e);
        }

        try
        {
            files.SyncFolder(folder);
        }
        catch (IOException e)
        {
            throw new NonsmoothException($"'{path}' was saved but may not survive a power cut ({OneLine(e)}); choose a folder on another disk.", e);
        }
    }

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    private static void WriteAndRename(string temporary, string full, Action<Stream> write, IFileSystem files, Action? beforeRename)
    {
        var done = false;
        try
        {
            using (var stream = files.Create(temporary))
            {
                write(stream);
                files.Sync(stream);
            }

            beforeRename?.Invoke();
            files.Rename(temporary, full);
            done = true;
        }
        finally
        {
            if (!done)
            {
                DeleteQuietly(temporary, files);
            }
        }
    }

    private static void DeleteQuietly(string temporary, IFileSystem files)
    {
        try
        {
            files.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report; the next save deletes the file.
        }
    }
}
