namespace Nonsmooth.Training.Engine;

/// <summary>What a run is about to do.</summary>
public sealed record TrainingPlan
{
    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Data { get; init; }

    /// <summary>The optimizer's name.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Trainable numbers.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Examples in a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Steps in an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Passes over the training half.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps in the whole run.</summary>
    public long Steps => (long)Epochs * StepsPerEpoch;

    /// <summary>Steps done already, by the run that this one goes on with.</summary>
    public required long StepsDone { get; init; }

    /// <summary>Threads of one libtorch operator.</summary>
    public required int Threads { get; init; }

    /// <summary>What a step holds and computes again to stay within a budget of memory; null without one.</summary>
    public StepMemory? Memory { get; init; }

    /// <summary>Nodes for which libtorch has no kernel: they run on the interpreter and are slow.</summary>
    public required IReadOnlyList<string> HostNodes { get; init; }
}
