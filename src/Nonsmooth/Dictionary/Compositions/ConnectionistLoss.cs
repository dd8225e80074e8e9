using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The connectionist temporal classification loss: forward over all alignments, in logarithms.</summary>
public static class ConnectionistLoss
{
    // Not −∞: the slope of a sum of two impossible states would be NaN.
    private const double _never = -1e30;

    /// <summary>−log of the probability of each target under all its alignments; ∞ where it has none.</summary>
    /// <param name="x">Logarithms of probabilities, T×N×C.</param>
    /// <param name="targets">Classes, N×L; what is beyond a target's length is not looked at, but must be a class.</param>
    /// <param name="inputLengths">How many of the T count, N indices.</param>
    /// <param name="targetLengths">How many of the L count, N indices.</param>
    /// <param name="blank">The class that stands for none.</param>
    /// <returns>N losses.</returns>
    /// <remarks>Unrolled over T. The slopes are those of the logarithms themselves; binary16 does not hold the sums.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Variable Ctc(Variable x, Variable targets, Variable inputLengths, Variable targetLengths, int blank = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(targets);
        if (x.Shape.Rank != 3 || targets.Shape.Rank != 2 || x.Shape[1] != targets.Shape[0] || x.Shape[0] == 0)
        {
            throw new ShapeException($"ctc takes logarithms T×N×C and targets N×L, given {x.Shape} and {targets.Shape}");
        }

        var (time, batch, length) = (x.Shape[0], x.Shape[1], targets.Shape[1]);
        var none = x.Slice(2, blank, blank + 1);
        var emitted = none;
        if (length > 0)
        {
            var wide = new Shape(time, batch, length);
            var labels = Functions.Gather(x, Broadcasting.To(targets.Reshape(new Shape(1, batch, length)), wide), 2);
            emitted = Functions.Concatenate(2, none, Interleaved(labels, Broadcasting.To(none, wide)));
        }

        int states = (2 * length) + 1;
        var first = x.Builder.Constant(Tensor.Generate(new Shape(states), static s => s < 2));
        var alpha = Functions.Where(first, At(0), _never);
        var skips = Skips(targets, batch, length);
        for (int t = 1; t < time; t++)
        {
            var one = Recurrence.Shifted(alpha, 1, false, _never);
            var next = Functions.LogAddExp(alpha, one);
            next = length == 0 ? next : Functions.LogAddExp(next, Recurrence.Shifted(one, 1, false, _never) + skips);
            var running = Functions.Greater(inputLengths.Reshape(new Shape(batch, 1)), x.Builder.Constant(Tensor.Of(Shape.Scalar, [(long)t])));
            alpha = Functions.Where(running, next + At(t), alpha);
        }

        var lengths = targetLengths.Reshape(new Shape(batch, 1));
        var two = x.Builder.Constant(Tensor.Of(Shape.Scalar, [2L]));
        var some = Functions.NotEqual(lengths, x.Builder.Constant(Tensor.Of(Shape.Scalar, [0L])));
        var last = Functions.Combine(IndexOperation.Multiply, lengths, two);
        var before = Functions.Combine(IndexOperation.Subtract, last, Functions.Cast(some, ElementKind.Index));
        var inLabel = Functions.Where(some, Functions.Gather(alpha, before, 1), _never);
        var loss = -Functions.LogAddExp(Functions.Gather(alpha, last, 1), inLabel).Reshape(new Shape(batch));
        return Functions.Where(Functions.Greater(loss, -_never / 10), double.PositiveInfinity, loss);

        Variable At(int t) => emitted.Slice(0, t, t + 1).Reshape(new Shape(batch, states));
    }

    // 0 where a label may follow the one before it at once, and never elsewhere.
    private static Variable Skips(Variable targets, int batch, int length)
    {
        var never = targets.Builder.Apply(new Fill(new Shape(batch, 1), _never));
        if (length < 2)
        {
            return Broadcasting.To(never, new Shape(batch, (2 * length) + 1));
        }

        var differ = Functions.Cast(Functions.NotEqual(targets.Slice(1, 1, length), targets.Slice(1, 0, length - 1)), ElementKind.Real);
        var labels = Functions.Concatenate(1, never, (differ - 1) * -_never);
        return Functions.Concatenate(1, never, Interleaved(labels, Broadcasting.To(never, labels.Shape)));
    }

    private static Variable Interleaved(Variable a, Variable b)
    {
        var split = a.Shape.Concat(new Shape(1));
        return Functions.Concatenate(split.Rank - 1, a.Reshape(split), b.Reshape(split)).Reshape(a.Shape.With(a.Shape.Rank - 1, 2 * a.Shape[^1]));
    }
}
