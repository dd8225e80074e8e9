using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of max(1 − x·y, 0) for y of ±1; kinks at the margin.</summary>
/// <param name="Target">The field y.</param>
public sealed record HingeLoss(string Target) : PairLoss("hinge", Target)
{
    /// <inheritdoc/>
    protected override Variable Of(Variable output, Variable target) => Functions.Hinge(output, target);
}
