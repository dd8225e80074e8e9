using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of −x at the right class, for logarithms of probabilities x.</summary>
/// <param name="Target">The field of class indices: the axes of the output without its classes.</param>
public sealed record NegativeLogLikelihoodLoss(string Target) : Loss("nll")
{
    /// <summary>The output of a logarithm a class. Default null: the only one.</summary>
    public string? Output { get; init; }

    /// <summary>The axis along which classes lie; negative from the end. Default −1.</summary>
    public int Axis { get; init; } = -1;

    /// <inheritdoc/>
    public override Variable Of(LossArguments arguments)
    {
        var (logarithms, target) = arguments.Classes(Name, Target, Output, Axis);
        return -Functions.Gather(logarithms, target.Reshape(new Shape(target.Shape[0], 1)), 1).Mean();
    }
}
