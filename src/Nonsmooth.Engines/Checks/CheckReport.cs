using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Checks;

/// <summary>An engine, checked.</summary>
/// <param name="Recording">What it answered, declined, and did instead.</param>
/// <param name="Cells">Its answers, judged.</param>
/// <param name="Deviations">What is inadmissible.</param>
/// <param name="Known">Keys of deviations that a baseline knows.</param>
public sealed record CheckReport(
    Recording Recording,
    IReadOnlyList<JudgedCell> Cells,
    IReadOnlyList<EngineDeviation> Deviations,
    IReadOnlySet<string> Known)
{
    /// <summary>The deviations that no baseline knows.</summary>
    public IEnumerable<EngineDeviation> New => Deviations.Where(d => !Known.Contains(d.Key));

    /// <summary>What a baseline knows and is no more.</summary>
    public IEnumerable<string> Mended => Known.Except(Deviations.Select(d => d.Key)).Order(StringComparer.Ordinal);

    /// <summary>Whether nothing is inadmissible but what is known, every question was answered or declined, and the self-test found nothing.</summary>
    public bool Passes => !New.Any() && Recording.Faults.Count == 0 && Recording.Complaints.Count == 0;

    /// <summary>Judges what an engine answered.</summary>
    public static CheckReport Of(Recording recording, IReadOnlyList<RecordedSpelling> list, IReadOnlySet<string>? known = null)
    {
        var cells = Judge.Of([recording], list);
        return new(recording, cells, EngineDeviation.Of(cells), known ?? new HashSet<string>());
    }
}
