using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of −y·log σ(x) − (1 − y)·log(1 − σ(x)) for y from 0 to 1, computed without σ so that no x overflows.</summary>
/// <param name="Target">The field y.</param>
public sealed record BinaryCrossEntropyLoss(string Target) : PairLoss("bce-with-logits", Target)
{
    /// <inheritdoc/>
    protected override Variable Of(Variable output, Variable target) => (Functions.Softplus(output) - (output * target)).Mean();
}
