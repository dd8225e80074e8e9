using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Negative log-likelihoods of classes, with weights, an index to ignore and smoothing.</summary>
public static class Likelihoods
{
    /// <summary>−w_y·x_y of logarithms x of probabilities, and the weights w_y; both are 0 where the target is to be ignored.</summary>
    /// <param name="x">N×C×…; C alone is one sample.</param>
    /// <param name="target">Classes N×…, or one.</param>
    /// <param name="weight">A weight a class, or none.</param>
    /// <param name="ignored">The target to ignore.</param>
    /// <remarks>The mean that libtorch takes is the sum of the terms over the sum of the weights.</remarks>
    public static (Variable Terms, Variable Weights) Nll(Variable x, Variable target, Variable? weight = null, long ignored = -100)
    {
        ArgumentNullException.ThrowIfNull(x);
        int axis = x.Shape.Rank == 1 ? 0 : 1;
        var (kept, classes) = Kept(target, ignored);
        var chosen = classes.Reshape(x.Shape.With(axis, 1));
        var weights = weight is null
            ? Functions.Cast(kept, ElementKind.Real)
            : Functions.Where(kept, Functions.Gather(Broadcasting.To(Channels(weight, x, axis), x.Shape), chosen, axis).Reshape(target.Shape), 0.0);
        var picked = Functions.Gather(x, chosen, axis).Reshape(target.Shape);
        return (Functions.Where(kept, -(weights * picked), 0.0), weights);
    }

    /// <summary>Cross-entropies of logits and target classes, smoothed, and the weights by which a mean is taken.</summary>
    /// <param name="logits">N×C×…; C alone is one sample.</param>
    /// <param name="target">Classes N×…, or one.</param>
    /// <param name="weight">A weight a class, or none.</param>
    /// <param name="ignored">The target to ignore.</param>
    /// <param name="smoothing">The share of the target that is spread over all classes.</param>
    public static (Variable Terms, Variable Weights) CrossEntropy(Variable logits, Variable target, Variable? weight = null, long ignored = -100, double smoothing = 0)
    {
        ArgumentNullException.ThrowIfNull(logits);
        int axis = logits.Shape.Rank == 1 ? 0 : 1;
        var logarithms = Functions.LogSoftmax(logits, axis);
        var (terms, weights) = Nll(logarithms, target, weight, ignored);
        if (smoothing == 0)
        {
            return (terms, weights);
        }

        var spread = -(weight is null ? logarithms : logarithms * Channels(weight, logits, axis)).Sum(axis);
        spread = Functions.Where(Kept(target, ignored).Kept, spread, 0.0);
        return (((1 - smoothing) * terms) + ((smoothing / logits.Shape[axis]) * spread), weights);
    }

    /// <summary>Cross-entropies of logits and probabilities of classes, smoothed.</summary>
    /// <param name="logits">N×C×…; C alone is one sample.</param>
    /// <param name="target">Probabilities of the same shape.</param>
    /// <param name="weight">A weight a class, or none.</param>
    /// <param name="smoothing">The share of the target that is spread over all classes.</param>
    public static Variable CrossEntropyOfProbabilities(Variable logits, Variable target, Variable? weight = null, double smoothing = 0)
    {
        ArgumentNullException.ThrowIfNull(logits);
        int axis = logits.Shape.Rank == 1 ? 0 : 1;
        var smooth = smoothing == 0 ? target : ((1 - smoothing) * target) + (smoothing / logits.Shape[axis]);
        var terms = smooth * Functions.LogSoftmax(logits, axis);
        return -(weight is null ? terms : terms * Channels(weight, logits, axis)).Sum(axis);
    }

    // What is ignored may be no class at all: it is looked up as the first, and masked.
    private static (Variable Kept, Variable Classes) Kept(Variable target, long ignored)
    {
        ArgumentNullException.ThrowIfNull(target);
        var kept = Functions.NotEqual(target, target.Builder.Constant(Tensor.Of(Shape.Scalar, [ignored])));
        return (kept, Functions.Combine(IndexOperation.Multiply, target, Functions.Cast(kept, ElementKind.Index)));
    }

    private static Variable Channels(Variable weight, Variable x, int axis) =>
        weight.Reshape(new Shape([.. x.Shape.Select((size, i) => i == axis ? size : 1)]));
}
