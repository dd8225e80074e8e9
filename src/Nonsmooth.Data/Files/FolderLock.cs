using Nonsmooth.Files;

namespace Nonsmooth.Data.Files;

/// <summary>Holds a folder for one process: the file <c>.lock</c> in it, open as long as this lives.</summary>
public sealed class FolderLock : IDisposable
{
    private const string Name = ".lock";
    private readonly string _folder;
    private readonly FileStream _file;
    private readonly Int128 _identity;

    private FolderLock(string folder, FileStream file)
    {
        (_folder, _file) = (folder, file);
        _identity = Identity();
    }

    /// <summary>Takes a folder, making it if need be.</summary>
    /// <exception cref="NonsmoothException">It was deleted meanwhile.</exception>
    /// <exception cref="IOException">It cannot be made, or another process holds it.</exception>
    public static FolderLock Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var held = new FolderLock(folder, file);
            held.RequireHeld();
            return held;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether a process holds a folder at the moment.</summary>
    /// <exception cref="UnauthorizedAccessException">Its file may not be read.</exception>
    public static bool IsHeld(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Makes sure that the folder is still the one that was taken: after it was deleted, another process could take one of its name.</summary>
    /// <exception cref="NonsmoothException">The folder or its lock was deleted or replaced.</exception>
    public void RequireHeld()
    {
        if (FileStamp.Of(_file.Name).Kind != FileKind.File || Identity() != _identity)
        {
            throw new NonsmoothException($"folder '{_folder}' or its file {Name} was deleted or replaced while it was in use: what was in it is lost, begin again in a folder that is left alone");
        }
    }

    /// <summary>Lets other processes have the folder; the lock goes with the process in any case.</summary>
    public void Dispose() => _file.Dispose();

    private Int128 Identity() => FileStamp.Of(_file.Name).Identity;
}
