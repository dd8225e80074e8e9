namespace Nonsmooth.Training.Tests.Telemetry;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryRun : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nonsmooth-telemetry-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
