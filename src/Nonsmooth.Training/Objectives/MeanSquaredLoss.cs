using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of (x − y)².</summary>
/// <param name="Target">The field y.</param>
public sealed record MeanSquaredLoss(string Target) : PairLoss("mse", Target)
{
    /// <inheritdoc/>
    protected override Variable Of(Variable output, Variable target) => Functions.MeanSquaredError(output, target);
}
