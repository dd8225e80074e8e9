using System.Globalization;
using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Comparisons;

/// <summary>A comparison in sentences.</summary>
internal static class CompareWords
{
    public static string Title(CompareSheet sheet) => $"{sheet.Report.Contenders.Count} optimizers on {sheet.Network} with {sheet.Data}";

    /// <summary>What the data support, and what they do not.</summary>
    public static IEnumerable<string> Verdict(ComparisonReport report)
    {
        foreach (var c in report.Contenders.Where(c => c.Verdict is ContenderVerdict.Lower or ContenderVerdict.Higher))
        {
            var difference = c.LossDifference!.Value;
            string way = c.Verdict == ContenderVerdict.Lower ? "lower" : "higher";
            yield return $"{c.Label} ends {way} than {report.Reference}: test loss by {Interval(c.Verdict == ContenderVerdict.Higher ? difference : difference with { Mean = -difference.Mean, Low = -difference.High, High = -difference.Low })} ({difference.Pairs} pairs).";
        }

        string[] noise = [.. report.Contenders.Where(c => c.Verdict == ContenderVerdict.WithinNoise).Select(c => $"{c.Label} ({Signed(c.LossDifference!.Value)})")];
        if (noise.Length > 0)
        {
            yield return $"Within noise of {report.Reference}: {string.Join(", ", noise)}.";
        }

        foreach (var c in report.Contenders.Where(c => c.Verdict == ContenderVerdict.CannotTell))
        {
            yield return $"{c.Label} beside {report.Reference}: cannot tell, "
                + (c.Diverged > 0 ? $"{c.Diverged} of its {c.Runs.Count} runs diverged." : $"{Numbers.Count(c.LossDifference!.Value.Pairs, "pair")} of finished runs; an interval takes {report.NeededPairs}{(report.Comparisons > 1 ? $" for {Numbers.Count(report.Comparisons, "comparison")} together" : "")}.");
        }

        foreach (var c in report.Contenders.Where(c => c.Trials.Count == report.Plan.Trials && c.Chosen is null))
        {
            yield return $"{c.Label}: every trial diverged, so there is no rate to run.";
        }

        string[] edges = [.. report.Contenders.Where(c => c.AtEdge).Select(c => $"{c.Label} ({Numbers.Digits(c.Chosen!.Value.Eta)})")];
        if (edges.Length > 0)
        {
            yield return $"At the edge of the η that were tried, so a better one may lie beyond: {string.Join(", ", edges)}. Give more --trials.";
        }

        if (report.Interrupted)
        {
            yield return "Interrupted: what was finished is shown.";
        }
    }

    /// <summary>The work, in sentences.</summary>
    public static IEnumerable<string> Plan(ComparisonPlan plan)
    {
        yield return $"{Numbers.Count(plan.Contenders, "optimizer")}, {Numbers.Count(plan.Runs, "run")}, {Numbers.Whole(plan.Steps)} steps: for each optimizer "
            + $"{Numbers.Count(plan.Trials, "trial")} of {Numbers.Whole(plan.TrialSteps)} steps ({Numbers.Whole(plan.TuningSteps)} in all, the same budget for each) and "
            + $"{Numbers.Count(plan.Seeds, "seed")} of {Numbers.Whole(plan.RunSteps)} steps.";
        yield return $"Every run trains on {Numbers.Whole(plan.TrainCount)} examples; {Numbers.Whole(plan.HeldOutCount)} of the training half are held out to choose rates and to draw curves; "
            + $"the {Numbers.Whole(plan.TestCount)} of the test half are evaluated at the end of the reported runs.";
        if (plan.TrialEpochs < plan.Epochs)
        {
            yield return $"A trial's schedule shrinks to {Numbers.Count(plan.TrialEpochs, "epoch")} of {plan.Epochs}: the best rate of a short run may not be that of a long one.";
        }
    }

    /// <summary>What the columns mean.</summary>
    public static IEnumerable<string> Columns(ComparisonReport report)
    {
        yield return "Means at the end of the schedule over seeds; in brackets 95 % intervals of the centre, from means of subsets of the seeds: they suppose values that are symmetric about it, and 6 seeds at least. "
            + $"Differences (Δ) are paired by seed; their intervals hold for {Numbers.Count(report.Comparisons, "comparison")} together (Bonferroni).";
        if (report.Target is { } target)
        {
            yield return $"The target is a held-out loss of {Numbers.Digits(target, 4)}, the median at the end of {report.Reference}: steps and seconds are medians over seeds to the first "
                + "evaluation at or below it, evaluations not counted; a run that never was counts as endless.";
        }
    }

    /// <summary>The mean and the ends of its interval, if it has one, with the decimals that its length warrants.</summary>
    public static string Interval(MeanDifference value, double scale = 1)
    {
        if (value.Pairs == 0)
        {
            return "–";
        }

        // Equal values may differ in the last bits of their sums.
        var (mean, half) = (scale * value.Mean, scale * value.HalfWidth);
        return !double.IsFinite(half) ? Numbers.Digits(mean, 4)
            : half <= 1e-9 * Math.Abs(mean) ? $"{Numbers.Digits(mean, 4)} [the same in each]"
            : $"{Fixed(mean, half)} [{Fixed(scale * value.Low, half)}, {Fixed(scale * value.High, half)}]";
    }

    /// <summary>The same with a sign.</summary>
    public static string Signed(MeanDifference value, double scale = 1) =>
        (value.Mean > 0 ? "+" : "") + Interval(value, scale).Replace('-', '−');

    private static string Fixed(double value, double half) =>
        value.ToString("F" + Math.Clamp(1 - (int)Math.Floor(Math.Log10(half)), 0, 8), CultureInfo.InvariantCulture);
}
