using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of −x at the right class, for logarithms of probabilities x.</summary>
/// <param name="Target">The field of class indices: the axes of the output without its classes.</param>
public sealed record NegativeLogLikelihoodLoss(string Target) : ClassLoss("nll", Target)
{
    /// <inheritdoc/>
    private protected override Variable Plain(Variable scores, Variable target) =>
        -Functions.Gather(scores, target.Reshape(new Shape(target.Shape[0], 1)), 1).Mean();

    /// <inheritdoc/>
    private protected override Variable Logarithms(Variable scores) => scores;
}
