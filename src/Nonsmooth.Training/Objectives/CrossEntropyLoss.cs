using System.Globalization;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of −log softmax at the right class.</summary>
/// <param name="Target">The field of class indices: the axes of the output without its classes.</param>
public sealed record CrossEntropyLoss(string Target) : Loss("cross-entropy")
{
    /// <summary>The output of a number a class. Default null: the only one.</summary>
    public string? Output { get; init; }

    /// <summary>The axis along which classes lie; negative from the end. Default −1; 1 for planes of numbers a class.</summary>
    public int Axis { get; init; } = -1;

    /// <summary>The part of a target that training spreads over all classes alike, in [0, 1). Default 0. Evaluation takes none.</summary>
    public double LabelSmoothing { get; init; }

    /// <inheritdoc/>
    public override Loss ForEvaluation() => LabelSmoothing == 0 ? this : this with { LabelSmoothing = 0 };

    /// <inheritdoc/>
    public override Variable Of(LossArguments arguments)
    {
        if (LabelSmoothing is not (>= 0 and < 1))
        {
            throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"label-smoothing is {LabelSmoothing}: give a number from 0 to below 1"));
        }

        var (scores, target) = arguments.Classes(Name, Target, Output, Axis);
        return Functions.CrossEntropy(scores, target, LabelSmoothing);
    }
}
