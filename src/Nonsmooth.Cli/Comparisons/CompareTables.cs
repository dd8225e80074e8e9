using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Comparisons;

namespace Nonsmooth.Cli.Comparisons;

/// <summary>The tables of a comparison.</summary>
internal static class CompareTables
{
    public static readonly IReadOnlyList<string> EndHeadings =
        ["optimizer", ">η", ">rate", ">test loss", ">accuracy, %", ">Δ loss", ">Δ accuracy, points", "verdict", ">diverged"];

    public static readonly IReadOnlyList<string> CostHeadings =
        ["optimizer", ">reached", ">steps to target", ">seconds to target", ">time a step", ">state bytes a parameter"];

    public static readonly IReadOnlyList<string> TrialHeadings = ["optimizer", ">η", ">rate", ">held-out loss", "chosen"];

    public static IEnumerable<IReadOnlyList<string>> Ends(ComparisonReport report) => report.Contenders.Select(c => (string[])
    [
        c.Label,
        c.Chosen is { } chosen ? Numbers.Digits(chosen.Eta) : "–",
        c.Chosen is { } same ? Numbers.Digits(same.Rate) : "–",
        CompareWords.Interval(c.TestLoss),
        CompareWords.Interval(c.TestAccuracy, 100),
        c.LossDifference is { } loss ? CompareWords.Signed(loss) : "",
        c.AccuracyDifference is { } accuracy ? CompareWords.Signed(accuracy, 100) : "",
        Word(c.Verdict),
        c.Diverged == 0 ? "" : $"{c.Diverged} of {c.Runs.Count}",
    ]);

    public static IEnumerable<IReadOnlyList<string>> Costs(ComparisonReport report) => report.Contenders.Where(c => c.Runs.Count > 0).Select(c => (string[])
    [
        c.Label,
        $"{c.Reached} of {c.Runs.Count}",
        c.StepsToTarget is { } steps ? Numbers.Whole(steps) : "–",
        c.SecondsToTarget is { } seconds ? Numbers.Seconds(seconds) : "–",
        double.IsFinite(c.SecondsPerStep) ? Numbers.Seconds(c.SecondsPerStep) : "–",
        double.IsFinite(c.StateBytesPerParameter) ? Numbers.Short(c.StateBytesPerParameter, 2) : "–",
    ]);

    public static IEnumerable<IReadOnlyList<string>> Trials(ComparisonReport report) => report.Contenders.SelectMany(c => c.Trials.OrderBy(t => t.Eta).Select(t => (string[])
    [
        c.Label,
        Numbers.Digits(t.Eta),
        Numbers.Digits(t.Rate),
        double.IsFinite(t.Loss) ? Numbers.Digits(t.Loss, 4) : "diverged",
        t != c.Chosen ? "" : c.AtEdge ? "at the edge" : "chosen",
    ]));

    private static string Word(ContenderVerdict verdict) => verdict switch
    {
        ContenderVerdict.Reference => "reference",
        ContenderVerdict.Lower => "lower",
        ContenderVerdict.Higher => "higher",
        ContenderVerdict.WithinNoise => "within noise",
        _ => "cannot tell",
    };
}
