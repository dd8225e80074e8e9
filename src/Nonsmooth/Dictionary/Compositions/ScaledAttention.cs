using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>softmax(q·kᵀ·scale + mask)·v over the last two axes, with masks and grouped queries.</summary>
    /// <param name="q">[…, H, T, d]; the leading axes are broadcast.</param>
    /// <param name="k">[…, G, S, d].</param>
    /// <param name="v">[…, G, S, e].</param>
    /// <param name="mask">Added to the scores if real; which scores count if boolean; broadcast to […, T, S]. None if not given.</param>
    /// <param name="causal">Whether position i attends to positions up to i only.</param>
    /// <param name="scale">The factor; 1/√d if not given.</param>
    /// <param name="grouped">Whether each of the G heads of keys and values serves H/G heads of queries.</param>
    /// <returns>[…, H, T, e]; 0 where a position attends to none.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or H is not a multiple of G.</exception>
    public static Variable ScaledDotProductAttention(
        Variable q, Variable k, Variable v, Variable? mask = null, bool causal = false, double? scale = null, bool grouped = false)
    {
        ArgumentNullException.ThrowIfNull(q);
        ArgumentNullException.ThrowIfNull(k);
        if (grouped)
        {
            (k, v) = (Shared(k, q), Shared(v, q));
        }

        double factor = scale ?? (1 / Math.Sqrt(q.Shape[^1]));
        var scores = MatMul(factor * q, k, transposeRight: true);
        if (causal)
        {
            scores = Where(q.Builder.Apply(new CausalMask(q.Shape[^2], k.Shape[^2])), scores, double.NegativeInfinity);
        }

        if (mask is null)
        {
            return MatMul(Softmax(scores), v);
        }

        scores = mask.Type.Kind == ElementKind.Boolean ? Where(mask, scores, double.NegativeInfinity) : scores + mask;
        return MatMul(SafeSoftmax(scores), v);
    }

    /// <summary>Softmax along the last axis, 0 where all of a line is −∞.</summary>
    public static Variable SafeSoftmax(Variable x, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = x.Shape.Axis(axis);
        if (x.Shape[axis] == 0)
        {
            return Softmax(x, axis);
        }

        // Before the softmax too, whose slope would make NaN of what is then left out.
        var none = Broadcasting.To(Equal(x.Max(true, axis), double.NegativeInfinity), x.Shape);
        return Where(none, 0.0, Softmax(Where(none, 0.0, x), axis));
    }

    /// <summary>x·cos + rotated(x)·sin: rotary embedding of the last axis, by pairs of its halves or of neighbours.</summary>
    /// <param name="x">[…, T, D], D even; only the first 2·R of D are rotated, R the last size of the angles.</param>
    /// <param name="cosine">The angles' cosines, broadcast to […, T, R].</param>
    /// <param name="sine">Their sines, likewise.</param>
    /// <param name="interleaved">Whether pairs are neighbours; else element i goes with i + R.</param>
    public static Variable RotaryEmbedding(Variable x, Variable cosine, Variable sine, bool interleaved = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(cosine);
        int half = cosine.Shape[^1];
        int rotated = 2 * half;
        if (x.Shape[^1] < rotated)
        {
            throw new ShapeException($"rotary embedding of {x.Shape} by angles {cosine.Shape}: the last axis holds at most {x.Shape[^1] / 2} pairs");
        }

        var part = x.Slice(-1, 0, rotated);
        var (a, b) = interleaved ? (part.Slice(-1, 0, rotated, 2), part.Slice(-1, 1, rotated, 2)) : (part.Slice(-1, 0, half), part.Slice(-1, half, rotated));
        var (first, second) = ((a * cosine) - (b * sine), (b * cosine) + (a * sine));
        Variable turned;
        if (interleaved)
        {
            var pairs = first.Shape.Concat(new Shape(1));
            turned = Concatenate(pairs.Rank - 1, first.Reshape(pairs), second.Reshape(pairs)).Reshape(part.Shape);
        }
        else
        {
            turned = Concatenate(part.Shape.Rank - 1, first, second);
        }

        return x.Shape[^1] == rotated ? turned : Concatenate(x.Shape.Rank - 1, turned, x.Slice(-1, rotated, x.Shape[^1]));
    }

    private static Variable Shared(Variable x, Variable q)
    {
        int rank = x.Shape.Rank;
        if (rank < 3 || x.Shape[^3] == 0 || q.Shape[^3] % x.Shape[^3] != 0)
        {
            throw new ShapeException($"grouped attention takes heads of queries in multiples of those of keys, given {q.Shape} and {x.Shape}");
        }

        int times = q.Shape[^3] / x.Shape[^3];
        var split = x.Shape[..^2].Concat(new Shape(1)).Concat(x.Shape[^2..]);
        var wide = x.Shape[..^2].Concat(new Shape(times)).Concat(x.Shape[^2..]);
        return Broadcasting.To(x.Reshape(split), wide).Reshape(x.Shape[..^3].Concat(new Shape(q.Shape[^3])).Concat(x.Shape[^2..]));
    }
}
