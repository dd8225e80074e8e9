using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>The losses that come with the library. To add one: its file, and a row here.</summary>
public static class Losses
{
    /// <summary>The mean of −log softmax at the right class: <see cref="CrossEntropyLoss"/>.</summary>
    public static CrossEntropyLoss CrossEntropy(string target = "target") => new(target);

    /// <summary>The mean of −x at the right class: <see cref="NegativeLogLikelihoodLoss"/>.</summary>
    public static NegativeLogLikelihoodLoss NegativeLogLikelihood(string target = "target") => new(target);

    /// <summary>Of one logit, where the target is from 0 to 1: <see cref="BinaryCrossEntropyLoss"/>.</summary>
    public static BinaryCrossEntropyLoss BinaryCrossEntropy(string target) => new(target);

    /// <summary>The mean of (x − y)²: <see cref="MeanSquaredLoss"/>.</summary>
    public static MeanSquaredLoss MeanSquared(string target) => new(target);

    /// <summary>The mean of |x − y|: <see cref="AbsoluteLoss"/>.</summary>
    public static AbsoluteLoss Absolute(string target) => new(target);

    /// <summary>A parabola, then lines: <see cref="HuberLoss"/>.</summary>
    public static HuberLoss Huber(string target, double delta = 1) => new(target, delta);

    /// <summary>The mean of max(1 − x·y, 0): <see cref="HingeLoss"/>.</summary>
    public static HingeLoss Hinge(string target) => new(target);

    /// <summary>Kullback–Leibler: <see cref="DivergenceLoss"/>.</summary>
    public static DivergenceLoss Divergence(string target) => new(target);

    /// <summary>A loss of your own.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="trace">From outputs and fields of a batch to a real scalar, their mean over the examples.</param>
    public static DelegateLoss Of(string name, Func<LossArguments, Variable> trace) => new(name, trace);
}
