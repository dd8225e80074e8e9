using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Engines.Checks;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Cli.Engines;

/// <summary>A check as a document.</summary>
internal static class CheckDocument
{
    public static Document Of(CheckReport report)
    {
        var recording = report.Recording;
        var doubts = recording.Complaints;
        var fresh = report.New.ToList();
        var counts = Enum.GetValues<SlopeFinding>().ToDictionary(f => f.ToString(), f => report.Cells.Count(c => c.Reverse.Count > 0 && c.ReverseFinding == f), StringComparer.Ordinal);
        var values = Enum.GetValues<ValueFinding>().ToDictionary(f => f.ToString(), f => report.Cells.Count(c => c.ValueFinding == f), StringComparer.Ordinal);
        int spellings = recording.Answers.Select(a => a.Spelling).Distinct().Count();
        var document = new Document(
            new Result(
                recording.Engine,
                recording.Version,
                recording.Mode,
                recording.Formats,
                spellings,
                recording.Cannot.Count,
                recording.Cannot,
                report.Cells.Count,
                values,
                counts,
                [.. fresh.Select(d => new Row(d.Spelling, d.Format, d.Kind, d.Line, d.Cells.Count))],
                report.Deviations.Count - fresh.Count,
                [.. report.Mended],
                [.. recording.Faults.Select(f => new Fault(f.Question, f.Fault))],
                doubts,
                report.Passes),
            $"{recording.Engine} {recording.Version}{(recording.Mode.Length > 0 ? $", {recording.Mode}" : "")}")
            .Verdict([Said(report, fresh)])
            .Say($"{Numbers.Whole(spellings)} spellings in {string.Join(", ", recording.Formats)}, {Numbers.Whole(report.Cells.Count)} points; {Numbers.Whole(recording.Cannot.Count)} that it cannot. Values: {Counted(values, ValueWords)}. Gradients: {Counted(counts, Words)}.");
        foreach (var (heading, lines) in ((string, IReadOnlyList<string>)[])
            [
                ("The self-test failed: mend the adapter first", doubts),
                ("Instead of answers", [.. recording.Faults.Select(f => $"{f.Question}{(f.Question.Length > 0 ? ": " : "")}{f.Fault}")]),
                ("Inadmissible", [.. fresh.Select(d => $"{d.Kind}: {d.Line}")]),
                ("Of the baseline, no more", [.. report.Mended]),
                ("Declined by the engine", [.. Declined(recording)]),
            ])
        {
            if (lines.Count > 0)
            {
                document.Section(heading).Say(lines);
            }
        }

        return document;
    }

    private static string Said(CheckReport report, IReadOnlyList<EngineDeviation> fresh) =>
        report.Cells.Count == 0 && report.Recording.Faults.Count == 0 ? "Nothing was judged: the engine answered no question."
        : report.Passes ? $"No gradient is inadmissible{(report.Deviations.Count > 0 ? $" but the {Numbers.Whole(report.Deviations.Count)} deviations of the baseline" : "")}."
        : $"{Numbers.Whole(fresh.Count)} deviations{(report.Known.Count > 0 ? " that the baseline has not" : "")}{Kinds(fresh)}, {Numbers.Whole(report.Recording.Faults.Count)} faults.";

    // By reason: the spellings, and the formats or points where others were answered.
    private static IEnumerable<string> Declined(Recording recording) => recording.Cannot.GroupBy(c => c.Value, StringComparer.Ordinal)
        .OrderBy(reason => reason.Key, StringComparer.Ordinal)
        .Select(reason => $"{reason.Key}: {string.Join(", ", reason.Select(c => c.Key.Split('@', 2)).GroupBy(q => q[0]).Select(s => Of(s, recording)))}");

    private static string Of(IGrouping<string, string[]> spelling, Recording recording)
    {
        string[] where = [.. spelling.Where(q => q.Length > 1).Select(q => q[1].Replace("@", " at ", StringComparison.Ordinal))];
        return where.Length < spelling.Count() || recording.Formats.All(where.Contains) ? spelling.Key : $"{spelling.Key} ({string.Join(", ", where)})";
    }

    private static string Kinds(IReadOnlyList<EngineDeviation> fresh) => fresh.Count == 0 ? ""
        : $" ({string.Join(", ", fresh.GroupBy(d => d.Kind).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {Numbers.Whole(g.Count())}"))})";

    private static string Counted(Dictionary<string, int> counts, Func<string, string> words) =>
        counts.Values.All(v => v == 0) ? "none" : string.Join(", ", counts.Where(c => c.Value > 0).Select(c => $"{words(c.Key)} {Numbers.Whole(c.Value)}"));

    private static string ValueWords(string finding) => finding switch
    {
        nameof(ValueFinding.Right) => "right",
        nameof(ValueFinding.Rounded) => "right but for rounding",
        nameof(ValueFinding.Flushed) => "of a flushed number",
        nameof(ValueFinding.NotFinite) => "not finite",
        nameof(ValueFinding.NotJudged) => "not judged",
        _ => "another function's",
    };

    private static string Words(string finding) => finding switch
    {
        nameof(SlopeFinding.Derivative) => "the derivative",
        nameof(SlopeFinding.Subgradient) => "a Clarke subgradient",
        nameof(SlopeFinding.NotJudged) => "not judged",
        nameof(SlopeFinding.Rounded) => "right but for rounding",
        nameof(SlopeFinding.Moved) => "of a rounded point",
        nameof(SlopeFinding.Flushed) => "of a flushed number",
        nameof(SlopeFinding.Conservative) => "conservative only",
        nameof(SlopeFinding.NotFinite) => "not finite",
        nameof(SlopeFinding.Zero) => "zero where the derivative is not",
        _ => "outside",
    };

    private sealed record Row(string Spelling, string Format, string Kind, string Line, int Points);

    private sealed record Fault(string Question, string What);

    private sealed record Result(
        string Engine,
        string Version,
        string Mode,
        IReadOnlyList<string> Formats,
        int Spellings,
        int Cannot,
        IReadOnlyDictionary<string, string> Declined,
        int Points,
        IReadOnlyDictionary<string, int> Values,
        IReadOnlyDictionary<string, int> Gradients,
        IReadOnlyList<Row> Deviations,
        int Known,
        IReadOnlyList<string> Mended,
        IReadOnlyList<Fault> Faults,
        IReadOnlyList<string> SelfTest,
        bool Passes);
}
