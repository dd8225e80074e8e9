using Nonsmooth.Files;

namespace Nonsmooth.Cli.Runs;

/// <summary>Reads the files of a run, which another process may be writing.</summary>
internal static class RunFiles
{
    /// <summary>What a run is and how far it came.</summary>
    public const string Run = "run.json";

    /// <summary>A line an epoch.</summary>
    public const string Metrics = "metrics.csv";

    /// <summary>A line every few steps.</summary>
    public const string Steps = "steps.csv";

    /// <summary>A line a layer every so many steps.</summary>
    public const string Telemetry = "telemetry.csv";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Run, Metrics, Steps, Telemetry];

    /// <summary>The text of a file.</summary>
    /// <exception cref="NonsmoothException">It cannot be read, or is longer than it may be.</exception>
    public static string Read(string path, long most)
    {
        try
        {
            return InputFile.ReadText(path, "", most);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"'{path}' cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}): check path and rights", e);
        }
    }
}
