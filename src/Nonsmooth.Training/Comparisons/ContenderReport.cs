using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Comparisons;

/// <summary>What one contender came to.</summary>
public sealed record ContenderReport
{
    /// <summary>Its label.</summary>
    public required string Label { get; init; }

    /// <summary>Every rate that was tried, in the order of the search.</summary>
    public required IReadOnlyList<RateTrial> Trials { get; init; }

    /// <summary>The one that was chosen; null where tuning is not finished or every trial diverged.</summary>
    public required RateTrial? Chosen { get; init; }

    /// <summary>Whether the chosen one is the highest or lowest that was tried.</summary>
    public required bool AtEdge { get; init; }

    /// <summary>Runs with the chosen rate, one a seed.</summary>
    public required IReadOnlyList<ComparedRun> Runs { get; init; }

    /// <summary>The mean test loss at the end over runs that stayed finite, with its 95 % interval.</summary>
    public required MeanDifference TestLoss { get; init; }

    /// <summary>The mean test accuracy at the end, from 0 to 1, likewise.</summary>
    public required MeanDifference TestAccuracy { get; init; }

    /// <summary>Test loss minus the reference's, seed by seed, with an interval corrected for the number of comparisons; null of the reference.</summary>
    public MeanDifference? LossDifference { get; init; }

    /// <summary>Test accuracy minus the reference's, likewise.</summary>
    public MeanDifference? AccuracyDifference { get; init; }

    /// <summary>What that says.</summary>
    public ContenderVerdict Verdict { get; init; }

    /// <summary>Runs whose held-out loss was at or below the target at some evaluation.</summary>
    public int Reached { get; init; }

    /// <summary>The median over seeds of the steps at the first such evaluation, a run that never was counting as endless; null where that is the median.</summary>
    public double? StepsToTarget { get; init; }

    /// <summary>Seconds of training likewise, evaluations left out.</summary>
    public double? SecondsToTarget { get; init; }

    /// <summary>Seconds of training a step, over all runs; NaN without a step.</summary>
    public double SecondsPerStep => Runs.Sum(r => r.Seconds) / Runs.Sum(r => (double)r.Steps);

    /// <summary>Bytes of optimizer states per trainable number; NaN without a run.</summary>
    public double StateBytesPerParameter => Runs.Count == 0 ? double.NaN : Runs[0].StateBytes / (double)Runs[0].Parameters;

    /// <summary>Runs that diverged.</summary>
    public int Diverged => Runs.Count(r => !r.IsFinite);
}
