using Nonsmooth.Cli.Output;
using Nonsmooth.Engines.Pages;
using Nonsmooth.Training.Comparisons;

namespace Nonsmooth.Cli.Comparisons;

/// <summary>What the page of a comparison says first.</summary>
internal static class CompareLead
{
    private const string _whether = "whether";

    public static Lead Of(CompareSheet sheet)
    {
        var report = sheet.Report;
        var run = report.Contenders.Where(c => c.Runs.Count > 0).ToList();
        string on = $"on {sheet.Network}";
        if (run.Count == 0)
        {
            return new(report.Interrupted
                ? "Nothing can be said yet: the comparison was stopped before any run was finished."
                : $"Nothing could be compared {on}: with every rate that was tried the loss stopped being a number.");
        }

        var best = run.Where(c => c.TestLoss.Pairs > 0).MinBy(c => c.TestLoss.Mean);
        return new(
            (report.Interrupted ? "As far as it came before it was stopped: " : "") + Sentence(report, on),
            (best is null ? "lowest mean test loss" : $"lowest mean test loss, {best.Label}", best is null ? "–" : Numbers.Digits(best.TestLoss.Mean, 4)),
            ("optimizers", Numbers.Whole(report.Contenders.Count)),
            ("runs of each, rates chosen alike", Numbers.Whole(report.Plan.Seeds)));
    }

    private static string Sentence(ComparisonReport report, string on)
    {
        if (report.Contenders.Count == 1)
        {
            return $"{report.Reference} was run alone {on}, so there is nothing to compare it with.";
        }

        string[] Those(ContenderVerdict verdict) => [.. report.Contenders.Where(c => c.Verdict == verdict).Select(c => c.Label)];
        string[] lower = Those(ContenderVerdict.Lower), higher = Those(ContenderVerdict.Higher), alike = Those(ContenderVerdict.WithinNoise), untold = Those(ContenderVerdict.CannotTell);
        string[] parts =
        [
            .. Said(lower, $"{Ends(lower)} with a lower test loss than {report.Reference} {on}"),
            .. Said(higher, lower.Length > 0 ? $"{Ends(higher)} with a higher one" : $"{Ends(higher)} with a higher test loss than {report.Reference} {on}"),
            .. lower.Length + higher.Length > 0 ? Said(alike, "cannot be told apart from it") : alike.Length > 0 ? [$"{Join([.. alike, report.Reference])} cannot be told apart {on}"] : (string[])[],
            .. untold.Length == 0 ? (string[])[] : [$"{_whether} {Join(untold)} {Ends(untold)} better or worse than {report.Reference} cannot be told from {Numbers.Whole(report.Plan.Seeds)} {(report.Plan.Seeds == 1 ? "run" : "runs")} of each"],
        ];

        // Names of optimizers stay as they are typed.
        return (parts[0].StartsWith(_whether, StringComparison.Ordinal) ? "W" + parts[0][1..] : parts[0]) + string.Concat(parts[1..].Select(p => "; " + p)) + ".";
    }

    private static string[] Said(string[] labels, string what) => labels.Length == 0 ? [] : [$"{Join(labels)} {what}"];

    private static string Ends(string[] labels) => labels.Length == 1 ? "ends" : "end";

    private static string Join(string[] labels) => labels.Length == 1 ? labels[0] : $"{string.Join(", ", labels[..^1])} and {labels[^1]}";
}
