using System.Globalization;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of −log softmax at the right class.</summary>
/// <param name="Target">The field of class indices: the axes of the output without its classes.</param>
public sealed record CrossEntropyLoss(string Target) : ClassLoss("cross-entropy", Target)
{
    /// <summary>The part of a target that training spreads over all classes alike, in [0, 1). Default 0. Evaluation takes none.</summary>
    public double LabelSmoothing { get; init; }

    /// <inheritdoc/>
    public override Loss ForEvaluation() => LabelSmoothing == 0 ? this : this with { LabelSmoothing = 0 };

    /// <inheritdoc/>
    private protected override string More => string.Create(CultureInfo.InvariantCulture, $", smoothing {LabelSmoothing}");

    /// <inheritdoc/>
    private protected override double Smoothing => LabelSmoothing is >= 0 and < 1
        ? LabelSmoothing
        : throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"label-smoothing is {LabelSmoothing}: give a number from 0 to below 1"));

    /// <inheritdoc/>
    private protected override Variable Plain(Variable scores, Variable target) => Functions.CrossEntropy(scores, target, Smoothing);

    /// <inheritdoc/>
    private protected override Variable Logarithms(Variable scores) => Functions.LogSoftmax(scores, 1);
}
