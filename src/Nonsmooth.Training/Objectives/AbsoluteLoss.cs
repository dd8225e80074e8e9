using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of |x − y|; kinks where they are equal.</summary>
/// <param name="Target">The field y.</param>
public sealed record AbsoluteLoss(string Target) : PairLoss("l1", Target)
{
    /// <inheritdoc/>
    protected override Variable Of(Variable output, Variable target) => Functions.L1Loss(output, target);
}
