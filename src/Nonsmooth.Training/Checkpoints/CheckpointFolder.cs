using Nonsmooth.Data.Files;

namespace Nonsmooth.Training.Checkpoints;

/// <summary>
/// The checkpoints of one run: the last one, the one before it, and the best one.
/// </summary>
/// <remarks>
/// At every moment, killed or not, at least one whole checkpoint is there once one was saved; where the disk
/// has hard links, the last one is. One process may save to a folder at a time.
/// </remarks>
public sealed class CheckpointFolder
{
    private readonly IFileSystem files;
    private bool lastIsDamaged;

    /// <summary>Names a folder; it is made by the first save.</summary>
    public CheckpointFolder(string path, IFileSystem? files = null)
    {
        this.files = files ?? PhysicalFileSystem.Instance;
        (LastPath, PreviousPath, BestPath) = (In(path, "last"), In(path, "previous"), In(path, "best"));
    }

    /// <summary>The file of the last checkpoint.</summary>
    public string LastPath { get; }

    /// <summary>The file of the one before.</summary>
    public string PreviousPath { get; }

    /// <summary>The file of the best one.</summary>
    public string BestPath { get; }

    /// <summary>Saves a checkpoint as the last; the one that was the last becomes the previous one.</summary>
    /// <exception cref="NonsmoothException">It cannot be saved; what was there is kept.</exception>
    public void SaveLast(Checkpoint checkpoint)
    {
        AtomicFile.Write(LastPath, checkpoint.Write, files, () =>
        {
            // A damaged file must not push out the good one that the run came back from.
            if (!lastIsDamaged && files.Exists(LastPath))
            {
                files.Preserve(LastPath, PreviousPath);
            }
        });
        lastIsDamaged = false;
    }

    /// <summary>Saves a checkpoint as the best.</summary>
    /// <exception cref="NonsmoothException">It cannot be saved; what was there is kept.</exception>
    public void SaveBest(Checkpoint checkpoint) => checkpoint.Save(BestPath, files);

    /// <summary>Loads the best checkpoint.</summary>
    /// <exception cref="NonsmoothException">There is none, or it is damaged.</exception>
    public Checkpoint LoadBest() => Checkpoint.Load(BestPath);

    /// <summary>Loads the last checkpoint and no other.</summary>
    /// <exception cref="NonsmoothException">It is missing or damaged; the message offers the previous one where that is whole.</exception>
    public Checkpoint LoadLast()
    {
        try
        {
            return Checkpoint.Load(LastPath);
        }
        catch (NonsmoothException e) when (IsWhole(PreviousPath))
        {
            throw new NonsmoothException($"{e.Message} The one before it, '{PreviousPath}', is whole.", e);
        }
    }

    /// <summary>Loads the last checkpoint, or the one before where the last is missing or damaged.</summary>
    /// <returns>Null where nothing was saved yet.</returns>
    /// <exception cref="NonsmoothException">There are checkpoints but none is whole.</exception>
    public ResumePoint? Resume()
    {
        if (!files.Exists(LastPath))
        {
            return files.Exists(PreviousPath)
                ? new ResumePoint(Checkpoint.Load(PreviousPath), PreviousPath, $"'{LastPath}' is missing; going on from the one before, '{PreviousPath}'.")
                : null;
        }

        try
        {
            return new ResumePoint(Checkpoint.Load(LastPath), LastPath, null);
        }
        catch (NonsmoothException e) when (IsWhole(PreviousPath))
        {
            lastIsDamaged = true;
            return new ResumePoint(Checkpoint.Load(PreviousPath), PreviousPath, $"{e.Message} Going on from the one before, '{PreviousPath}'.");
        }
    }

    private static string In(string folder, string name) => Path.Combine(folder, name + Checkpoint.Extension);

    private bool IsWhole(string path)
    {
        if (!files.Exists(path))
        {
            return false;
        }

        try
        {
            Checkpoint.Load(path);
            return true;
        }
        catch (NonsmoothException)
        {
            // The caller reports the newer file's damage, which is what the user must know first.
            return false;
        }
    }
}
