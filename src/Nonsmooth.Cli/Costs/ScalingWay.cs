using Nonsmooth.Cost;

namespace Nonsmooth.Cli.Costs;

/// <summary>Training over ranks where sums are made one way.</summary>
/// <param name="Reduction">The way.</param>
/// <param name="Useful">The most ranks of which at least half do useful work.</param>
/// <param name="Fastest">The number of ranks whose step is shortest.</param>
/// <param name="Rows">One for each number of ranks.</param>
internal sealed record ScalingWay(ReductionKind Reduction, int Useful, int Fastest, IReadOnlyList<ScalingRow> Rows)
{
    private const double Half = 0.5;

    public static ScalingWay Of(GradientTimeline timeline, ClusterModel cluster, ScalingOptions options, IReadOnlyList<int> ranks)
    {
        double alone = StepForecast.Of(timeline, cluster, 1, options).Step;
        ScalingRow[] rows = [.. ranks.Select(r => ScalingRow.Of(StepForecast.Of(timeline, cluster, r, options), StepForecast.Of(timeline, cluster, r, options with { ShardStates = true }), alone))];
        return new(options.Reduction, rows.TakeWhile(r => r.Efficiency >= Half).Last().Ranks, rows.MinBy(r => r.Step)!.Ranks, rows);
    }

    /// <summary>The way in words.</summary>
    public static string Name(ReductionKind kind) => kind switch
    {
        ReductionKind.Tree => "tree",
        ReductionKind.Ring => "ring",
        ReductionKind.TwoLevelRing => "two-level ring",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
    };
}

/// <summary>A number of ranks, in seconds a step.</summary>
/// <param name="Ranks">How many.</param>
/// <param name="Compute">Value and gradient.</param>
/// <param name="Sums">All sums over ranks.</param>
/// <param name="Exposed">What of those is not hidden.</param>
/// <param name="Unhideable">What of those no overlap hides: the last bucket.</param>
/// <param name="Optimizer">The optimizer's pass.</param>
/// <param name="Step">The step.</param>
/// <param name="Speedup">One rank's step over it.</param>
/// <param name="Efficiency">That over the number of ranks.</param>
/// <param name="ExposedShare">The part of the step in which sums are exposed.</param>
/// <param name="ShardedStep">The step where the optimizer's states are sharded.</param>
internal sealed record ScalingRow(
    int Ranks, double Compute, double Sums, double Exposed, double Unhideable, double Optimizer, double Step, double Speedup, double Efficiency, double ExposedShare, double ShardedStep)
{
    public static ScalingRow Of(StepForecast step, StepForecast sharded, double alone) => new(
        step.Ranks, step.Compute, step.Link, step.Exposed, step.Unhideable, step.Optimizer, step.Step, alone / step.Step, alone / step.Step / step.Ranks, step.ExposedShare, sharded.Step);
}
