namespace Nonsmooth.Data.Files;

/// <summary>What <see cref="AtomicFile"/> needs of a disk; a test puts a failing one in its place.</summary>
public interface IFileSystem
{
    /// <summary>Opens a file for writing, empty, that no other process may open at the same time.</summary>
    Stream Create(string path);

    /// <summary>Waits until what was written to a stream of <see cref="Create"/> is on the disk.</summary>
    void Sync(Stream stream);

    /// <summary>Waits until renames in a folder are on the disk.</summary>
    void SyncFolder(string folder);

    /// <summary>Gives a file another name, replacing a file of that name in one step.</summary>
    void Rename(string from, string to);

    /// <summary>
    /// Gives a file a second name, replacing a file of that name in one step. Where the disk has no second
    /// names, the file loses its first one.
    /// </summary>
    void Preserve(string path, string backup);

    /// <summary>Deletes a file, if it is there.</summary>
    void Delete(string path);

    /// <summary>Deletes a file, if it is there and no process has it open.</summary>
    void DeleteUnused(string path);

    /// <summary>Whether there is such a file.</summary>
    bool Exists(string path);

    /// <summary>The files of a folder whose names match a pattern with <c>*</c>.</summary>
    IEnumerable<string> List(string folder, string pattern);
}
