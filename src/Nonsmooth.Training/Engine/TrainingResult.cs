using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Engine;

/// <summary>What a run came to.</summary>
public sealed record TrainingResult
{
    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Data { get; init; }

    /// <summary>The optimizer's name.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Whole epochs done.</summary>
    public int Epochs => History.Count;

    /// <summary>Steps done.</summary>
    public required long Steps { get; init; }

    /// <summary>Test accuracy after the last whole epoch, from 0 to 1; null before the first one's end and where the model does not measure it.</summary>
    public double? TestAccuracy => History.Count > 0 && !double.IsNaN(History[^1].TestAccuracy) ? History[^1].TestAccuracy : null;

    /// <summary>The model's metrics on the test half after the last whole epoch; none before the first one's end.</summary>
    public MetricValues Metrics => History.Count > 0 ? History[^1].Metrics : MetricValues.None;

    /// <summary>Mean training loss of the last whole epoch; null before the first one's end.</summary>
    public double? TrainLoss => History.Count > 0 ? History[^1].TrainLoss : null;

    /// <summary>Time the whole run has taken, over every process that worked on it.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// Mean test loss after the last whole epoch, in natural logarithms; null before the first one's end. Of a text,
    /// its exponential is the perplexity, and divided by ln 2 it is bits a token.
    /// </summary>
    public double? TestLoss => History.Count > 0 ? History[^1].TestLoss : null;

    /// <summary>Whether the examples are texts, whose targets are the tokens that follow.</summary>
    public bool IsText { get; init; }

    /// <summary>The part of this process's training time, evaluations left out, that it waited for batches, from 0 to 1; null before the first step.</summary>
    public double? WaitShare { get; init; }

    /// <summary>Ranks of this run's last part.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>The part of this rank's training time that it waited for sums over ranks, from 0 to 1; null for one rank.</summary>
    public double? ExposedShare { get; init; }

    /// <summary>What a step holds and computes again to stay within a budget of memory; null without one.</summary>
    public StepMemory? Memory { get; init; }

    /// <summary>Steps that were skipped because their gradient was not finite at the loss scale; they count as done.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>The loss scale at the end; null without one.</summary>
    public double? LossScale { get; init; }

    /// <summary>Whether it ended before its last epoch, for it no longer got better.</summary>
    public bool StoppedEarly { get; init; }

    /// <summary>Every whole epoch.</summary>
    public required IReadOnlyList<EpochReport> History { get; init; }

    /// <summary>What was written, by kind: <c>run</c>, <c>metrics</c>, <c>checkpoint</c>, <c>best</c>, <c>steps</c>, <c>telemetry</c>; empty without a folder.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>The checkpoint with the best weights, or the last where none were evaluated; null where nothing was written.</summary>
    public string? Weights => Files.GetValueOrDefault("best") ?? Files.GetValueOrDefault("checkpoint");

    /// <summary>Whether it was cancelled before its end.</summary>
    public required bool Interrupted { get; init; }
}
