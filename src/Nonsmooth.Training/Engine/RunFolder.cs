using Nonsmooth.Data.Arrays;
using Nonsmooth.Data.Files;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Telemetry;

namespace Nonsmooth.Training.Engine;

/// <summary>The folder of one run: its checkpoints, <c>metrics.csv</c>, <c>steps.csv</c>, <c>run.json</c>; held by one process at a time.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly FolderLock _lock;

    private RunFolder(string path, FolderLock held, IFileSystem? files)
    {
        (Path, _lock, FileSystem) = (path, held, files);
        Checkpoints = new CheckpointFolder(path, files);
        MetricsPath = System.IO.Path.Combine(path, "metrics.csv");
        RunPath = System.IO.Path.Combine(path, "run.json");
    }

    public string Path { get; }

    /// <summary>What writes the files; null for the disk.</summary>
    public IFileSystem? FileSystem { get; }

    public CheckpointFolder Checkpoints { get; }

    public string MetricsPath { get; }

    public string RunPath { get; }

    /// <summary>What there is, by kind.</summary>
    public IReadOnlyDictionary<string, string> Files => new (string Kind, string Path)[]
    {
        ("run", RunPath), ("metrics", MetricsPath), ("checkpoint", Checkpoints.LastPath), ("best", Checkpoints.BestPath),
        ("steps", System.IO.Path.Combine(Path, StepsFile.Name)), ("telemetry", System.IO.Path.Combine(Path, TelemetryFile.Name)),
    }.Where(f => File.Exists(f.Path)).ToDictionary(f => f.Kind, f => f.Path);

    /// <summary>Takes the folder, making it if need be.</summary>
    /// <exception cref="NonsmoothException">It cannot be made, another process trains in it, or it has a run that is not to be resumed.</exception>
    public static RunFolder Open(string path, bool resume, IFileSystem? files = null)
    {
        FolderLock held;
        try
        {
            held = FolderLock.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException(
                $"folder '{path}' cannot be written, or another process trains in it ({e.Message.ReplaceLineEndings(" ")}): wait for it or choose another folder", e);
        }

        var folder = new RunFolder(path, held, files);
        if (!resume && (folder.Files.Count > 0 || File.Exists(folder.Checkpoints.PreviousPath)))
        {
            folder.Dispose();
            throw new NonsmoothException($"folder '{path}' has a run already: go on with it by --resume, or choose another folder");
        }

        return folder;
    }

    /// <summary>Saves what an epoch came to.</summary>
    /// <param name="checkpoint">The run after it.</param>
    /// <param name="best">Where it is the best one: what the best checkpoint holds besides.</param>
    /// <param name="history">Every epoch.</param>
    public void Save(Checkpoint checkpoint, IReadOnlyDictionary<string, StoredTensor>? best, IReadOnlyList<EpochReport> history)
    {
        RequireHeld();

        // The best one first: after a kill between the two the epoch is run again, and nothing is lost.
        if (best is not null)
        {
            Checkpoints.SaveBest(new Checkpoint { Tensors = new(checkpoint.Tensors.Concat(best)), State = checkpoint.State });
        }

        Checkpoints.SaveLast(checkpoint);
        MetricsFile.Write(MetricsPath, history, FileSystem);
    }

    /// <summary>Saves a run in the middle of an epoch.</summary>
    public void Save(Checkpoint checkpoint)
    {
        RequireHeld();
        Checkpoints.SaveLast(checkpoint);
    }

    /// <inheritdoc cref="FolderLock.RequireHeld"/>
    public void RequireHeld() => _lock.RequireHeld();

    /// <summary>Lets other processes have the folder; the lock goes with the process in any case.</summary>
    public void Dispose() => _lock.Dispose();
}
