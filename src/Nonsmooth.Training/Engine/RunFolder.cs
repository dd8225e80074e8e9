using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Telemetry;

namespace Nonsmooth.Training.Engine;

/// <summary>The folder of one run: its checkpoints, <c>metrics.csv</c>, <c>run.json</c>; held by one process at a time.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string LockName = ".lock";
    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held)
    {
        (Path, _lock) = (path, held);
        Checkpoints = new CheckpointFolder(path);
        MetricsPath = System.IO.Path.Combine(path, "metrics.csv");
        RunPath = System.IO.Path.Combine(path, "run.json");
    }

    public string Path { get; }

    public CheckpointFolder Checkpoints { get; }

    public string MetricsPath { get; }

    public string RunPath { get; }

    /// <summary>What there is, by kind.</summary>
    public IReadOnlyDictionary<string, string> Files => new (string Kind, string Path)[]
    {
        ("run", RunPath), ("metrics", MetricsPath), ("checkpoint", Checkpoints.LastPath), ("best", Checkpoints.BestPath),
        ("telemetry", System.IO.Path.Combine(Path, TelemetryFile.Name)),
    }.Where(f => File.Exists(f.Path)).ToDictionary(f => f.Kind, f => f.Path);

    /// <summary>Takes the folder, making it if need be.</summary>
    /// <exception cref="NonsmoothException">It cannot be made, another process trains in it, or it has a run that is not to be resumed.</exception>
    public static RunFolder Open(string path, bool resume)
    {
        FileStream held;
        try
        {
            Directory.CreateDirectory(path);
            held = new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException(
                $"folder '{path}' cannot be written, or another process trains in it ({e.Message.ReplaceLineEndings(" ")}): wait for it or choose another folder", e);
        }

        var folder = new RunFolder(path, held);
        if (!resume && (folder.Files.Count > 0 || File.Exists(folder.Checkpoints.PreviousPath)))
        {
            folder.Dispose();
            throw new NonsmoothException($"folder '{path}' has a run already: go on with it by --resume, or choose another folder");
        }

        return folder;
    }

    /// <summary>Lets other processes have the folder; the lock goes with the process in any case.</summary>
    public void Dispose() => _lock.Dispose();
}
