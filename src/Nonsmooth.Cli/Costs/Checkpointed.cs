using Nonsmooth.Checkpointing;
using Nonsmooth.Cost;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Costs;

/// <summary>The answer to <c>--checkpoint</c>: what a gradient holds when it computes part of its forward pass again.</summary>
/// <param name="Budget">Bytes that were asked for.</param>
/// <param name="Peak">Bytes that the planned gradient holds at most: parameters, gradients, saved values, temporaries.</param>
/// <param name="KeptAll">Bytes that it holds without checkpoints.</param>
/// <param name="Segments">Pieces that the forward pass is cut into.</param>
/// <param name="Recomputed">Operations computed again.</param>
/// <param name="Share">Those, as a part of the forward pass's.</param>
internal sealed record Checkpointed(long Budget, long Peak, long KeptAll, int Segments, long Recomputed, double Share)
{
    /// <summary>Plans a network's gradient within a budget, as training does.</summary>
    /// <exception cref="NonsmoothException">The budget is below the least peak found; the message has it.</exception>
    public static Checkpointed Of(NetworkProgram programs, long budget)
    {
        var plan = programs.PlanStep(budget);
        long forward = programs.Objective.Count().Total;
        return new Checkpointed(
            budget,
            plan.Memory.Peak,
            LivenessSimulator.Simulate(programs.Step()).Peak,
            plan.Plan.Chain.Segments.Length,
            plan.Extra.Total,
            (double)plan.Extra.Total / forward);
    }
}
