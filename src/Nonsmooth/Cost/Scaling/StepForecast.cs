namespace Nonsmooth.Cost;

/// <summary>What a step of training over ranks is foreseen to take, in seconds.</summary>
/// <param name="Ranks">How many.</param>
/// <param name="Compute">Value and gradient of a rank's shards, and adding those up.</param>
/// <param name="Link">All sums over ranks, one after the other.</param>
/// <param name="Exposed">What of those is left when the gradient is done; all of it where no processor is there to run them beside it.</param>
/// <param name="Unhideable">What of those no overlap can hide: the last bucket, which is ready when the gradient is done.</param>
/// <param name="Optimizer">The optimizer's pass.</param>
/// <param name="Gather">Giving the parameters to all ranks, where each updates a part.</param>
public sealed record StepForecast(int Ranks, double Compute, double Link, double Exposed, double Unhideable, double Optimizer, double Gather)
{
    /// <summary>The whole step.</summary>
    public double Step => Compute + Exposed + Optimizer + Gather;

    /// <summary>The part of the step that is spent waiting for other ranks' numbers.</summary>
    public double ExposedShare => (Exposed + Gather) / Step;

    /// <summary>Foresees a step.</summary>
    /// <param name="timeline">One shard.</param>
    /// <param name="cluster">The ways between ranks.</param>
    /// <param name="ranks">How many, a power of two up to the shards.</param>
    /// <param name="options">How they train; null for the defaults.</param>
    /// <exception cref="NonsmoothException"><paramref name="ranks"/> is not a power of two, or more than the shards.</exception>
    public static StepForecast Of(GradientTimeline timeline, ClusterModel cluster, int ranks, ScalingOptions? options = null) =>
        new StepPlan(timeline, cluster, ranks, options ?? new ScalingOptions()).Forecast(1);
}
