using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Selections;

namespace Nonsmooth.Engines.Conformance;

/// <summary>The selection that comes closest to what an engine answered.</summary>
/// <param name="Recording">The engine.</param>
/// <param name="Selection">The selection.</param>
/// <param name="Explained">Spellings whose gradients it gives at every point.</param>
/// <param name="Unexplained">The others, each with the number of cells that differ and one of them: what no rule expresses, or the engine contradicts itself, or errs.</param>
public sealed record RecordedSelection(
    Recording Recording, Selection Selection, IReadOnlyList<string> Explained, IReadOnlyList<(string Spelling, int Cells, string Example)> Unexplained)
{
    /// <summary>Finds it: key by key the rule under which most cells of reverse mode agree, from the standard rules of all presets.</summary>
    /// <remarks>In 64 bits where the recording has them, else in its first format of f64 and f32. Operations are those of the engine's dialect, or the dictionary's own.</remarks>
    public static RecordedSelection Of(Recording recording, IReadOnlyList<RecordedSpelling> list)
    {
        string format = recording.Formats.Contains("f64") ? "f64" : "f32";
        var row = EngineTable.All.FirstOrDefault(e => e.Recording == recording.Name);
        var dialect = row?.Dialect ?? Dialect.Standard;
        var asked = list.ToDictionary(s => s.Name, StringComparer.Ordinal);
        var reverse = recording with { Answers = [.. recording.Answers.Where(a => a.Format == format && asked.ContainsKey(a.Spelling)).Select(a => a with { Forward = null })] };
        var keys = Keys(reverse, asked, dialect);
        var selection = row?.Preset.Selection ?? Selection.Default;
        foreach (var key in StandardDictionary.Keys.Where(k => keys.Values.Any(v => v.Contains(k))))
        {
            var readers = reverse with { Answers = [.. reverse.Answers.Where(a => keys.TryGetValue(a.Spelling, out var read) && read.Contains(key))] };
            selection = Candidates(key, selection).Select(rule => key.Set(selection, rule))
                .MaxBy(s => Compared(s, dialect, readers, list).Cells.Count(c => c.Equal))!;
        }

        var comparison = Compared(selection, dialect, reverse, list);
        var wrong = comparison.Cells.Where(c => !c.Equal).ToLookup(c => c.Spelling);
        return new(
            recording,
            selection,
            [.. comparison.Expressed.Where(s => !wrong[s].Any())],
            [.. comparison.Expressed.Where(s => wrong[s].Any()).Select(s => (s, wrong[s].Count(), $"{wrong[s].First().Kind.ToString().ToLowerInvariant()} at {wrong[s].First().Point}: {wrong[s].First().Recorded:R}, the selection gives {wrong[s].First().Ours:R}"))]);
    }

    private static Comparison Compared(Selection selection, Dialect dialect, Recording recording, IReadOnlyList<RecordedSpelling> list) =>
        Comparison.Of(new(recording.Name, new Preset("recorded", selection), dialect), recording, list);

    // The present rule first: it stays where others are no better.
    private static IEnumerable<object> Candidates(SelectionKey key, Selection selection) =>
        new[] { key.RuleOf(selection), key.DefaultRule }.Concat(key.OtherRules).Concat(Presets.All.Select(p => key.RuleOf(p.Selection))).Distinct();

    private static Dictionary<string, HashSet<SelectionKey>> Keys(Recording recording, Dictionary<string, RecordedSpelling> asked, Dialect dialect)
    {
        var keys = new Dictionary<string, HashSet<SelectionKey>>(StringComparer.Ordinal);
        foreach (var answer in recording.Answers.DistinctBy(a => a.Spelling))
        {
            var point = asked[answer.Spelling].Inputs[answer.Format][0];
            if (SpellingCatalogue.Find(answer.Spelling).Express(dialect, [.. point.Arguments.Select(a => a.Shape)]).Program is { } program)
            {
                keys[answer.Spelling] = [.. program.Flatten().Nodes.SelectMany(n => n.Function.Keys)];
            }
        }

        return keys;
    }
}

/// <summary>Selections from recordings.</summary>
public static class SelectionRecordings
{
    extension(Selection)
    {
        /// <summary>An engine's rules at kinks as a selection, from a recording of its answers; what no rule expresses is named.</summary>
        /// <param name="path">The recording's file.</param>
        /// <exception cref="NonsmoothException">There is none, or it cannot be read.</exception>
        public static RecordedSelection FromRecording(string path)
        {
            var file = RecordingFile.Open(path);
            return RecordedSelection.Of(file.Recording, file.Asked);
        }
    }
}
