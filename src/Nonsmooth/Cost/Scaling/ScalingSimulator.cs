namespace Nonsmooth.Cost;

/// <summary>Steps of training over ranks that are not equally fast, one after the other.</summary>
/// <remarks>
/// A rank's step is as planned times its factor, the optimizer's pass included, from one sum to the next. A sum begins when the last rank has its bucket, and all ranks have it at
/// the same time: so it is for the tree and for rings, whose every part comes from every rank. Links do not vary, and a step begins for all when the one before has ended.
/// </remarks>
public static class ScalingSimulator
{
    /// <summary>Simulates some steps.</summary>
    /// <param name="timeline">One shard.</param>
    /// <param name="cluster">The ways between ranks.</param>
    /// <param name="ranks">How many, a power of two up to the shards.</param>
    /// <param name="stragglers">How ranks differ.</param>
    /// <param name="steps">How many steps, at least 1.</param>
    /// <param name="options">How they train; null for the defaults.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public static SimulatedSteps Run(GradientTimeline timeline, ClusterModel cluster, int ranks, Stragglers stragglers, int steps, ScalingOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var plan = new StepPlan(timeline, cluster, ranks, options ?? new ScalingOptions());
        double[] times = new double[steps];
        double total = 0, exposed = 0, waited = 0;
        for (int step = 0; step < steps; step++)
        {
            double slowest = 0, sum = 0;
            for (int rank = 0; rank < ranks; rank++)
            {
                double factor = stragglers.Factor(rank, step);
                (slowest, sum) = (Math.Max(slowest, factor), sum + factor);
            }

            var forecast = plan.Forecast(slowest);
            times[step] = forecast.Step;
            total += forecast.Step;
            exposed += forecast.Exposed + forecast.Gather;
            waited += (forecast.Compute + forecast.Optimizer) * (1 - (sum / ranks / slowest));
        }

        Array.Sort(times);
        return new SimulatedSteps(ranks, total / steps, times[(int)(0.95 * (steps - 1))], exposed / total, waited / total);
    }
}

/// <summary>What simulated steps took.</summary>
/// <param name="Ranks">How many ranks.</param>
/// <param name="Mean">Seconds of a step.</param>
/// <param name="Slow">Seconds that 95 of 100 steps take at most.</param>
/// <param name="ExposedShare">The part of the time that sums take where no gradient hides them.</param>
/// <param name="WaitingShare">The part of the time that the average rank waits for the slowest.</param>
public sealed record SimulatedSteps(int Ranks, double Mean, double Slow, double ExposedShare, double WaitingShare);
