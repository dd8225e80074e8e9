using Nonsmooth.Programs;

namespace Nonsmooth.Checkpointing;

/// <summary>Finds what to recompute so that a gradient fits in memory.</summary>
/// <remarks>
/// The dynamic programme of <see cref="HeterogeneousChain"/> proposes a reversal for each size of memory, Revolve one for
/// each number of slots; each proposal is written out and simulated, so what is reported is what the program holds. A
/// budget takes the cheapest that fits. Proposals do not depend on the budget, so the peak never rises when it shrinks.
/// </remarks>
public static class CheckpointPlanner
{
    /// <summary>The cheapest plan within a budget, by the total of operations; of equally cheap ones, that of the lowest peak.</summary>
    /// <param name="forward">The program that is to be differentiated.</param>
    /// <param name="options">Budget, size of a real, what backprop is asked for.</param>
    /// <exception cref="NonsmoothException">The budget is below the least peak that a plan was found for; the message names both.</exception>
    public static PlannedGradient Plan(Program forward, CheckpointOptions options)
    {
        var frontier = Frontier(forward, options);
        return frontier.FirstOrDefault(p => p.Memory.Peak <= options.MemoryBudget)
            ?? throw new NonsmoothException(
                $"no checkpoint plan fits in {options.MemoryBudget} bytes: the least achievable peak is {frontier[^1].Memory.Peak} bytes, at node '{frontier[^1].Memory.PeakNode}'; raise the budget or make the batch smaller");
    }

    /// <summary>The plans that no other beats in both operations and peak, from the cheapest to the one of the lowest peak.</summary>
    /// <param name="forward">The program that is to be differentiated.</param>
    /// <param name="options">Size of a real, what backprop is asked for; the budget is not looked at.</param>
    public static IReadOnlyList<PlannedGradient> Frontier(Program forward, CheckpointOptions options)
    {
        var chain = SegmentChain.Of(forward, options.Backprop, options.Segments);
        var candidates = Proposals(chain, options).Select(p => Price(p, options)).OrderBy(p => p.Extra.Total).ThenBy(p => p.Memory.Peak);
        var frontier = new List<PlannedGradient>();
        foreach (var candidate in candidates)
        {
            if (frontier.Count == 0 || candidate.Memory.Peak < frontier[^1].Memory.Peak)
            {
                frontier.Add(candidate);
            }
        }

        return frontier;
    }

    private static PlannedGradient Price(CheckpointPlan plan, CheckpointOptions options)
    {
        var gradient = Checkpointer.Apply(plan);
        return new PlannedGradient(plan, gradient, LivenessSimulator.Simulate(gradient, options.BytesPerReal), plan.Recomputed);
    }

    private static IEnumerable<CheckpointPlan> Proposals(SegmentChain chain, CheckpointOptions options)
    {
        var stages = ChainStages.Of(chain, options.BytesPerReal);
        long unit = Math.Max(1, (stages.Sum(s => s.Saved) + options.Units - 1) / options.Units);
        var solved = new HeterogeneousChain(
            [.. stages.Select(s => s with { Entry = Units(s.Entry), Saved = Units(s.Saved) })], options.Units + stages.Count);
        var plans = Enumerable.Range(0, options.Units + stages.Count + 1)
            .Where(m => solved.Cost(m) is not null)
            .Select(m => new CheckpointPlan(chain, solved.Schedule(m)))
            .Concat(Enumerable.Range(1, chain.Segments.Length).Select(slots => CheckpointPlan.Revolve(chain, slots)))
            .Prepend(CheckpointPlan.KeepAll(chain));
        return plans.DistinctBy(p => string.Join(';', p.Runs.Select(r => string.Join(',', r))));

        long Units(long bytes) => (bytes + unit - 1) / unit;
    }
}
