using Nonsmooth.Optimizers;
using Nonsmooth.Reliability.Statistics;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Comparisons;

/// <summary>What a comparison came to.</summary>
/// <param name="Plan">The work.</param>
/// <param name="Reference">The label that the others are compared with: AdamW's where it competes, else the first.</param>
/// <param name="Target">The median over seeds of the reference's held-out loss at the end; null without a finite run of it.</param>
/// <param name="Comparisons">How many comparisons the intervals of differences are corrected for: each has a risk of 0.05 over this.</param>
/// <param name="Contenders">One each, in the order they were named.</param>
/// <param name="Interrupted">Whether it was cancelled before its end.</param>
public sealed record ComparisonReport(
    ComparisonPlan Plan, string Reference, double? Target, int Comparisons, IReadOnlyList<ContenderReport> Contenders, bool Interrupted)
{
    private const double Risk = 0.05;

    /// <summary>The fewest pairs that can have an interval at the corrected risk.</summary>
    public int NeededPairs => SymmetricCentre.Needed(Risk / Comparisons);

    internal static ComparisonReport Of(
        ComparisonOptions options,
        ComparisonPlan plan,
        IReadOnlyList<(Contender Contender, IReadOnlyList<RateTrial> Trials, IReadOnlyList<ComparedRun> Runs)> entries,
        bool interrupted)
    {
        int first = options.Contenders.ToList().FindIndex(c => c.Optimizer == AdamWOptions.Entry.Name);
        var reference = entries[Math.Max(0, first)];
        int comparisons = Math.Max(1, entries.Count - 1);
        double[] ends = [.. reference.Runs.Where(r => r.IsFinite).Select(r => r.HeldOutLoss).Order()];
        double? target = ends.Length > 0 ? Median(ends) : null;
        return new(
            plan,
            reference.Contender.Label,
            target,
            comparisons,
            [.. entries.Select(e => Of(e.Contender.Label, plan, e.Trials, e.Runs, e == reference ? null : reference.Runs, target, Risk / comparisons))],
            interrupted);
    }

    private static ContenderReport Of(
        string label,
        ComparisonPlan plan,
        IReadOnlyList<RateTrial> trials,
        IReadOnlyList<ComparedRun> runs,
        IReadOnlyList<ComparedRun>? reference,
        double? target,
        double risk)
    {
        var finite = runs.Where(r => r.IsFinite).ToList();
        var passages = runs.Select(r => r.IsFinite ? r.Curve.FirstOrDefault(p => p.Loss <= target) : null).ToList();
        var pairs = reference is null ? [] : finite
            .Select(r => (Own: r, Other: reference.FirstOrDefault(o => o.Seed == r.Seed && o.IsFinite)))
            .Where(pair => pair.Other is not null).Select(pair => (pair.Own, Other: pair.Other!)).ToList();
        MeanDifference? Difference(Func<ComparedRun, double> value) =>
            reference is null ? null : MeanDifference.Of([.. pairs.Select(p => value(p.Own) - value(p.Other))], risk);
        bool tuned = trials.Count == plan.Trials;
        var loss = Difference(r => r.TestLoss);
        bool lost = reference is not null && runs.Any(r => !r.IsFinite && reference.Any(o => o.Seed == r.Seed && o.IsFinite));
        return new()
        {
            Label = label,
            Trials = trials,
            Chosen = tuned ? RateSearch.Choose(trials) : null,
            AtEdge = tuned && RateSearch.IsAtEdge(trials),
            Runs = runs,
            TestLoss = MeanDifference.Of([.. finite.Select(r => r.TestLoss)]),
            TestAccuracy = MeanDifference.Of([.. finite.Select(r => r.TestAccuracy)]),
            LossDifference = loss,
            AccuracyDifference = Difference(r => r.TestAccuracy),
            Verdict = Judge(loss, lost),
            Reached = passages.Count(p => p is not null),
            StepsToTarget = FiniteMedian(passages.Select(p => p?.Step ?? double.PositiveInfinity)),
            SecondsToTarget = FiniteMedian(passages.Select(p => p?.Seconds ?? double.PositiveInfinity)),
        };
    }

    private static ContenderVerdict Judge(MeanDifference? difference, bool lost) => difference switch
    {
        null => ContenderVerdict.Reference,
        { HasInterval: false } => ContenderVerdict.CannotTell,
        _ when lost => ContenderVerdict.CannotTell,
        { IncludesZero: true } => ContenderVerdict.WithinNoise,
        { Mean: < 0 } => ContenderVerdict.Lower,
        _ => ContenderVerdict.Higher,
    };

    private static double? FiniteMedian(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length > 0 && Median(sorted) is var median && double.IsFinite(median) ? median : null;
    }

    private static double Median(double[] sorted) =>
        (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
