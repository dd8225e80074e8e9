using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Engines.Tests.Recordings;

/// <summary>The recordings beside the repository, read once; tests that need them skip where they are absent.</summary>
internal static class RealRecordings
{
    private static readonly Lock _lock = new();
    private static readonly Dictionary<string, Comparison> _comparisons = [];
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

    public static Comparison Compare(string recording)
    {
        var (folder, list) = (Folder, List);
        lock (_lock)
        {
            return _comparisons.TryGetValue(recording, out var comparison) ? comparison
                : _comparisons[recording] = Comparison.Of(EngineTable.Find(recording), folder.Open(recording), list);
        }
    }
}
