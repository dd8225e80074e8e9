using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Losses by their terms: reduce them with <see cref="VariableExtensions.Mean(Variable, int[])"/> or <see cref="VariableExtensions.Sum(Variable, int[])"/>.</summary>
public static class LossTerms
{
    /// <summary>−t·log p − (1 − t)·log(1 − p) of a probability p and a target t, with logarithms of at least −100 as libtorch has them.</summary>
    /// <remarks>At p = 0 and p = 1 the slope is 0: what is bounded there does not move.</remarks>
    public static Variable BinaryCrossEntropy(Variable p, Variable t) => -((t * Bounded(p)) + ((1 - t) * BoundedRest(p)));

    /// <summary>Binary cross-entropy of a logit x and a target t in [0, 1]; the positive class may weigh more.</summary>
    public static Variable BinaryCrossEntropyWithLogits(Variable x, Variable t, Variable? positiveWeight = null)
    {
        return positiveWeight is null
            ? Functions.LogisticLoss(x, t)
            : ((1 - t) * x) + ((1 + ((positiveWeight - 1) * t)) * Functions.Softplus(-x));
    }

    // The smallest number whose logarithm counts: below it the slope of the logarithm would be NaN's.
    private static Variable Bounded(Variable p) => Functions.Clamp(Functions.Log(Functions.Clamp(p, lower: Math.Exp(-100))), lower: -100);

    private static Variable BoundedRest(Variable p)
    {
        var sure = Functions.GreaterEqual(p, 1);
        return Functions.Where(sure, -100, Functions.LogP1(-Functions.Where(sure, 0.0, p)));
    }

    /// <summary>t·(log t − x) of logarithms x of probabilities and a target t, itself a logarithm if so said.</summary>
    public static Variable KullbackLeibler(Variable x, Variable t, bool logarithmic = false) =>
        logarithmic ? Functions.Exp(t) * (t - x) : Functions.XLogY(t, t) - (t * x);

    /// <summary>(x − y)²/2 where |x − y| ≤ δ, δ(|x − y| − δ/2) beyond: the slope is continuous.</summary>
    public static Variable Huber(Variable x, Variable y, double delta = 1)
    {
        var distance = Functions.Abs(x - y);
        var near = Functions.Clamp(distance, upper: delta);
        return (0.5 * Functions.Square(near)) + (delta * (distance - near));
    }

    /// <summary>Huber's loss over β; |x − y| for β = 0.</summary>
    public static Variable SmoothL1(Variable x, Variable y, double beta = 1) =>
        beta == 0 ? Functions.Abs(x - y) : Huber(x, y, beta) * (1 / beta);

    /// <summary>log(1 + e^(−y·x)) for labels y of ±1.</summary>
    public static Variable SoftMargin(Variable x, Variable y) => Functions.Softplus(-(y * x));

    /// <summary>The mean over the last axis of the binary cross-entropies of logits x and labels y of 0 and 1.</summary>
    public static Variable MultilabelSoftMargin(Variable x, Variable y, Variable? weight = null)
    {
        var terms = (y * Functions.Softplus(-x)) + ((1 - y) * Functions.Softplus(x));
        return (weight is null ? terms : weight * terms).Mean(-1);
    }

    /// <summary>x for a label y of 1, max(0, margin − x) for −1, their sum for another.</summary>
    public static Variable HingeEmbedding(Variable x, Variable y, double margin = 1)
    {
        var far = Functions.Clamp(margin - x, lower: 0);
        return Functions.Where(Functions.NotEqual(y, 1), far, 0.0) + Functions.Where(Functions.NotEqual(y, -1), x, 0.0);
    }

    /// <summary>max(0, margin − y·(a − b)) for labels y of ±1.</summary>
    public static Variable MarginRanking(Variable a, Variable b, Variable y, double margin = 0) =>
        Functions.Clamp(margin - (y * (a - b)), lower: 0);

    /// <summary>1 − cos for a label y of 1, max(0, cos − margin) for −1; cos is that of a and b along the last axis.</summary>
    public static Variable CosineEmbedding(Variable a, Variable b, Variable y, double margin = 0)
    {
        const double epsilon = 1e-12;
        var cosine = (a * b).Sum(-1) * Functions.Rsqrt((Functions.Square(a).Sum(-1) + epsilon) * (Functions.Square(b).Sum(-1) + epsilon));
        return Functions.Where(Functions.Equal(y, 1), 1 - cosine, 0.0)
            + Functions.Where(Functions.Equal(y, -1), Functions.Clamp(cosine - margin, lower: 0), 0.0);
    }

    /// <summary>max(0, d(anchor, positive) − d(anchor, negative) + margin); with a swap, of the lesser of the distances to the negative.</summary>
    public static Variable TripletMargin(
        Variable anchor, Variable positive, Variable negative, double margin = 1, double order = 2, double epsilon = 1e-6, bool swap = false)
    {
        var far = Functions.PairwiseDistance(anchor, negative, order, epsilon);
        far = swap ? Functions.Minimum(far, Functions.PairwiseDistance(positive, negative, order, epsilon)) : far;
        return Functions.Clamp(Functions.PairwiseDistance(anchor, positive, order, epsilon) - far + margin, lower: 0);
    }

    /// <summary>eˣ − t·x, or x − t·log(x + ε) where x is no logarithm; in full with Stirling's approximation of log t! for t above 1.</summary>
    public static Variable PoissonNll(Variable x, Variable t, bool logarithmic = true, bool full = false, double epsilon = 1e-8)
    {
        var loss = logarithmic ? Functions.Exp(x) - (t * x) : x - (t * Functions.Log(x + epsilon));
        var stirling = full ? Functions.XLogY(t, t) - t + (0.5 * Functions.Log(2 * Math.PI * t)) : null;
        return stirling is null ? loss : loss + Functions.Where(Functions.Greater(t, 1), stirling, 0.0);
    }

    /// <summary>(log v + (x − t)²/v)/2 of a variance v of at least ε; in full with log 2π.</summary>
    public static Variable GaussianNll(Variable x, Variable t, Variable variance, bool full = false, double epsilon = 1e-6)
    {
        var bounded = Functions.Clamp(variance, lower: epsilon);
        var loss = 0.5 * (Functions.Log(bounded) + (Functions.Square(x - t) / bounded));
        return full ? loss + (0.5 * Math.Log(2 * Math.PI)) : loss;
    }

    /// <summary>Σ max(0, margin − x_y + x_j)ᵖ over the classes j but y, over their number.</summary>
    /// <param name="x">Scores N×C.</param>
    /// <param name="y">N classes.</param>
    /// <param name="power">The power p, 1 or 2.</param>
    /// <param name="margin">The margin.</param>
    /// <param name="weight">A weight a class, or none.</param>
    public static Variable MultiMargin(Variable x, Variable y, double power = 1, double margin = 1, Variable? weight = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        int classes = x.Shape[^1];
        var chosen = y.Reshape(x.Shape[..^1].Concat(new Shape(1)));
        var excess = Functions.Relu((x - Functions.Gather(x, chosen, -1)) + margin);
        var terms = power == 1 ? excess : Functions.Pow(excess, power);
        terms = weight is null ? terms : terms * Functions.Gather(Broadcasting.To(weight, x.Shape), chosen, -1);
        var others = Functions.Not(Functions.OneHot(y, classes));
        return Functions.Where(others, terms, 0.0).Sum(-1) * (1.0 / classes);
    }
}
