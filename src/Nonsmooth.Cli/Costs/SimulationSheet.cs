using Nonsmooth.Cost;

namespace Nonsmooth.Cli.Costs;

/// <summary>Simulated steps over ranks that are not equally fast.</summary>
/// <param name="Steps">How many for each number of ranks.</param>
/// <param name="Stragglers">σ of the factor of a rank's step.</param>
/// <param name="Seed">The seed of the factors.</param>
/// <param name="Rows">Each way to add and number of ranks.</param>
internal sealed record SimulationSheet(int Steps, double Stragglers, ulong Seed, IReadOnlyList<SimulationRow> Rows)
{
    public static SimulationSheet Of(GradientTimeline timeline, ScalingWish wish, IReadOnlyList<ScalingOptions> ways, IReadOnlyList<int> ranks, int steps)
    {
        SimulatedSteps Run(ScalingOptions options, int r) => ScalingSimulator.Run(timeline, wish.Cluster, r, wish.Stragglers, steps, options);
        return new(
            steps,
            wish.Stragglers.Spread,
            wish.Stragglers.Random.Seed,
            [
                .. from options in ways
                   let alone = Run(options, 1).Mean
                   from r in ranks
                   let run = Run(options, r)
                   select new SimulationRow(options.Reduction, r, run.Mean, run.Slow, alone / run.Mean / r, run.ExposedShare, run.WaitingShare),
            ]);
    }
}

/// <summary>A way to add and a number of ranks.</summary>
/// <param name="Reduction">The way.</param>
/// <param name="Ranks">How many.</param>
/// <param name="Step">Seconds of a step.</param>
/// <param name="SlowStep">Seconds that 95 of 100 steps take at most.</param>
/// <param name="Efficiency">One rank's step over it and the number of ranks.</param>
/// <param name="ExposedShare">The part of the time in which sums are exposed.</param>
/// <param name="WaitingShare">The part of the time that the average rank waits for the slowest.</param>
internal sealed record SimulationRow(ReductionKind Reduction, int Ranks, double Step, double SlowStep, double Efficiency, double ExposedShare, double WaitingShare);
