namespace Nonsmooth.Engines.Recordings;

/// <summary>A recording with its questions, found by a path: of <see cref="RecordingWriter"/>, or one of a folder with a list beside it.</summary>
/// <param name="Recording">The answers.</param>
/// <param name="Asked">What was asked.</param>
public sealed record RecordingFile(Recording Recording, IReadOnlyList<RecordedSpelling> Asked)
{
    /// <summary>The ending of recordings' files.</summary>
    public const string Ending = ".jsonl.gz";

    /// <summary>Whether a name is that of a recording's file.</summary>
    public static bool IsOne(string name) => name.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <exception cref="NonsmoothException">There is none, it cannot be read, or nothing tells what was asked.</exception>
    public static RecordingFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new NonsmoothException($"there is no recording {path}: give a file *{Ending}");
        }

        var folder = new RecordingFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string name = Path.GetFileName(path)[..^Ending.Length];
        var own = folder.Asked(name);
        return new(folder.Open(name), own.Count > 0 ? own : folder.Spellings());
    }
}
