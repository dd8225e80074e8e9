using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>The Kullback–Leibler divergence Σ p·(log p − x) of logarithms of probabilities x from probabilities p, the mean over examples.</summary>
/// <param name="Target">The field of probabilities p; where one is 0 its term is 0.</param>
public sealed record DivergenceLoss(string Target) : PairLoss("kl", Target)
{
    /// <inheritdoc/>
    protected override Variable Of(Variable output, Variable target)
    {
        // log 0 is not taken: 1 stands for the probabilities that are 0.
        var positive = Functions.Greater(target, 0);
        var logarithm = Functions.Log(Functions.Where(positive, target, 1));
        return (target * (logarithm - output)).Sum() / output.Shape[0];
    }
}
