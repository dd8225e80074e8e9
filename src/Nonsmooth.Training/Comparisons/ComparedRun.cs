namespace Nonsmooth.Training.Comparisons;

/// <summary>One evaluation along a run.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Seconds">Time they took, without evaluations.</param>
/// <param name="Loss">The mean held-out loss.</param>
/// <param name="Accuracy">The part of the held-out targets that is right, from 0 to 1.</param>
public sealed record CurvePoint(long Step, double Seconds, double Loss, double Accuracy);

/// <summary>What one run came to.</summary>
public sealed record ComparedRun
{
    /// <summary>Stands for everything that the run depends on: runs of one key are the same run.</summary>
    public required string Key { get; init; }

    /// <summary>The contender's label.</summary>
    public required string Contender { get; init; }

    /// <summary>Whether it was a trial; the test half is not evaluated then.</summary>
    public required bool Tuning { get; init; }

    /// <summary>Its seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The long-run step.</summary>
    public required double Eta { get; init; }

    /// <summary>The learning rate, of a schedule its highest.</summary>
    public required double Rate { get; init; }

    /// <summary>Steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>Time they took, waits for batches included, evaluations left out.</summary>
    public required double Seconds { get; init; }

    /// <summary>Why it ended early; null where it did not.</summary>
    public string? Diverged { get; init; }

    /// <summary>The held-out loss at the end; NaN where it diverged.</summary>
    public double HeldOutLoss { get; init; } = double.NaN;

    /// <summary>The test loss at the end; NaN where it diverged, and of a trial.</summary>
    public double TestLoss { get; init; } = double.NaN;

    /// <summary>The test accuracy at the end, from 0 to 1; likewise.</summary>
    public double TestAccuracy { get; init; } = double.NaN;

    /// <summary>Bytes of the optimizer's states.</summary>
    public long StateBytes { get; init; }

    /// <summary>Trainable numbers.</summary>
    public long Parameters { get; init; }

    /// <summary>Evaluations along it, in order; none of a trial.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary>Whether it stayed finite to its end.</summary>
    public bool IsFinite => Diverged is null;
}
