using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Engines.Tests.Recordings;

/// <summary>The recordings beside the repository, read once; tests that need them skip where they are absent.</summary>
internal static class RealRecordings
{
    private static readonly Lock _lock = new();
    private static readonly Dictionary<string, Comparison> _comparisons = [];
    private static readonly Dictionary<string, Recording> _recordings = [];
    private static IReadOnlyList<RecordedSpelling>? _list;

    public static RecordingFolder Folder => new(Path.Combine(SharedData.FolderOrSkip("engines"), "engines"));

    public static IReadOnlyList<RecordedSpelling> List
    {
        get
        {
            var folder = Folder;
            lock (_lock)
            {
                return _list ??= folder.Spellings();
            }
        }
    }

    /// <summary>A recording, read once for all tests.</summary>
    public static Recording Open(string name)
    {
        var folder = Folder;
        lock (_lock)
        {
            return _recordings.TryGetValue(name, out var recording) ? recording : _recordings[name] = folder.Open(name);
        }
    }

    public static Comparison Compare(string recording)
    {
        var list = List;
        lock (_lock)
        {
            return _comparisons.TryGetValue(recording, out var comparison) ? comparison
                : _comparisons[recording] = Comparison.Of(EngineTable.Find(recording), Open(recording), list);
        }
    }
}
