namespace Nonsmooth.Cli.Tests;

/// <summary>A folder that goes when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nonsmooth-cli").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
