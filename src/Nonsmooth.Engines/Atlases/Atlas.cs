using Nonsmooth.Engines.Differences;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Atlases;

/// <summary>Recordings, judged, as facts for pages: what each engine answers for each function, worst first.</summary>
/// <param name="Recordings">The engines.</param>
/// <param name="Asked">What they were asked.</param>
/// <param name="Cells">Every cell.</param>
/// <param name="Entries">Cells by spelling, engine and finding.</param>
/// <param name="Changes">Recordings of one engine compared: versions, and ways to run.</param>
public sealed record Atlas(
    IReadOnlyList<Recording> Recordings,
    IReadOnlyList<RecordedSpelling> Asked,
    IReadOnlyList<JudgedCell> Cells,
    IReadOnlyList<AtlasEntry> Entries,
    IReadOnlyList<RecordingDiff> Changes)
{
    /// <summary>What engines answer in two ways in two formats.</summary>
    public IReadOnlyList<Disagreement> FormatDisagreements { get; } = Disagreement.OfFormats(Cells);

    /// <summary>What engines answer in two ways for two spellings of one function.</summary>
    public IReadOnlyList<Disagreement> SpellingDisagreements { get; } = Disagreement.OfSpellings(Cells);

    /// <summary>Judges recordings.</summary>
    public static Atlas Of(IReadOnlyList<Recording> recordings, IReadOnlyList<RecordedSpelling> list)
    {
        var cells = Judge.Of(recordings, list);
        var entries = cells.Select(c => (Cell: c, Finding: AtlasFinding.Of(c)))
            .GroupBy(x => (x.Cell.Function, x.Cell.Spelling, x.Cell.Recording, x.Finding))
            .Select(g => new AtlasEntry(g.Key.Function, g.Key.Spelling, g.Key.Recording, g.Key.Finding, g.Count(), [.. g.Select(x => x.Cell.Format).Distinct()], g.Select(x => x.Cell).OrderBy(c => c.IsKink).First()))
            .ToList();
        var changes = recordings.GroupBy(r => r.Engine).Where(g => g.Count() > 1)
            .SelectMany(g => g.Skip(1).Select(r => RecordingDiff.Between(g.First(), r, list))).ToList();
        return new(recordings, list, cells, entries, changes);
    }

    /// <summary>The worst finding of an engine about a function; null where it was not asked or has no answer.</summary>
    public AtlasFinding? Worst(string function, string recording) => Entries
        .Where(e => e.Function == function && e.Recording == recording).Select(e => e.Finding)
        .MaxBy(f => AtlasFinding.All.ToList().IndexOf(f));
}

/// <summary>An engine's cells of one finding in one spelling.</summary>
/// <param name="Function">The function.</param>
/// <param name="Spelling">The spelling.</param>
/// <param name="Recording">The engine.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Count">How many cells.</param>
/// <param name="Formats">In which formats.</param>
/// <param name="Example">One of them, where possible at a point where the function is smooth.</param>
public sealed record AtlasEntry(
    string Function, string Spelling, string Recording, AtlasFinding Finding, int Count, IReadOnlyList<string> Formats, JudgedCell Example);
