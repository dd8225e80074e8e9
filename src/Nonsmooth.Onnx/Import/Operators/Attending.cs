using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Attention and rotary embedding, as ONNX has them since version 23.</summary>
internal static class Attending
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Many("Attention", Attention, 23),
        Row.Of("RotaryEmbedding", n => Rotary(n.Real(0), n.Real(1), n.Real(2), n.Has(3) ? n.Any(3) : null, n.Small("num_heads", 0), n.Small("rotary_embedding_dim", 0), n.Flag("interleaved")), 23),
    ];

    /// <summary>[N, T, h·d] as [N, h, T, d].</summary>
    public static Variable Heads(Variable x, int heads) => heads > 0 && x.Shape[^1] % heads == 0
        ? x.Reshape(new Shape(x.Shape[0], x.Shape[1], heads, x.Shape[2] / heads)).Transpose(0, 2, 1, 3)
        : throw new OnnxException($"the last axis of {x.Shape} is not {heads} heads of one size");

    /// <summary>[N, h, T, d] as [N, T, h·d].</summary>
    public static Variable Joined(Variable y) => y.Transpose(0, 2, 1, 3).Reshape(new Shape(y.Shape[0], y.Shape[2], y.Shape[1] * y.Shape[3]));

    /// <summary>Heads repeated so that there are as many as those of the queries.</summary>
    public static Variable Repeated(Variable x, int heads) => x.Shape[1] == heads ? x
        : x.Shape[1] > 0 && heads % x.Shape[1] == 0 ? x.Take(1, [.. Enumerable.Range(0, heads).Select(h => h / (heads / x.Shape[1]))])
        : throw new OnnxException($"{heads} heads of queries share no {x.Shape[1]} heads of keys");

    private static IReadOnlyList<ImportValue?> Attention(NodeContext n)
    {
        var (q, k, v) = (n.Real(0), n.Real(1), n.Real(2));
        bool isFlat = q.Shape.Rank == 3;
        if (isFlat)
        {
            (q, k, v) = (Heads(q, n.Small("q_num_heads", 0)), Heads(k, n.Small("kv_num_heads", 0)), Heads(v, n.Small("kv_num_heads", 0)));
        }

        int past = 0;
        if (n.Has(4) && n.Has(5))
        {
            past = n.Shape(4)[2];
            (k, v) = (Functions.Concatenate(2, n.Real(4), k), Functions.Concatenate(2, n.Real(5), v));
        }

        var (presentKey, presentValue) = (k, v);
        (k, v) = (Repeated(k, q.Shape[1]), Repeated(v, q.Shape[1]));
        double scale = n.HasAttribute("scale") ? n.Attribute("scale", 1.0) : 1 / Math.Sqrt(q.Shape[^1]);
        double softcap = n.Attribute("softcap", 0.0);
        bool causal = n.Flag("is_causal");
        bool wantsScores = n.Wants(3);
        bool isPlain = !n.Has(3) && !n.Has(6) && softcap == 0 && !wantsScores && (!causal || (past == 0 && q.Shape[2] == k.Shape[2]));
        Variable y;
        Variable? scores = null;
        if (isPlain)
        {
            y = Functions.Attention(q, k, v, causal, n.HasAttribute("scale") ? scale : null);
        }
        else
        {
            var raw = Functions.MatMul(q * scale, k, transposeRight: true);
            var capped = softcap > 0 ? Functions.Tanh(raw * (1 / softcap)) * softcap : raw;
            var biased = Masked(n, capped, causal ? past : null);
            var shares = Functions.Softmax(biased, -1);
            y = Functions.MatMul(shares, v);
            scores = !wantsScores ? null : n.Attribute("qk_matmul_output_mode", 0) switch
            {
                0 => raw,
                1 => capped,
                2 => biased,
                _ => shares,
            };
        }

        return [n.Result(isFlat ? Joined(y) : y), n.Result(presentKey), n.Result(presentValue), scores is null ? null : n.Result(scores)];
    }

    private static Variable Masked(NodeContext n, Variable scores, int? causalPast)
    {
        var (rows, columns) = (scores.Shape[^2], scores.Shape[^1]);
        if (n.Has(3))
        {
            var mask = n.Any(3);
            int missing = columns - mask.Shape[^1];
            if (missing > 0)
            {
                var after = new int[mask.Shape.Rank];
                after[^1] = missing;
                mask = mask.Type.Kind == ElementKind.Boolean
                    ? Functions.Greater(Functions.Pad(Functions.Cast(mask, ElementKind.Real), new int[mask.Shape.Rank], after), 0)
                    : Functions.Pad(mask, new int[mask.Shape.Rank], after, double.NegativeInfinity);
            }

            scores = mask.Type.Kind == ElementKind.Boolean ? Functions.Where(mask, scores, double.NegativeInfinity) : scores + n.Real(new Traced(mask, n[3].Stored));
        }

        if (causalPast is { } past)
        {
            var seen = n.Builder.Constant(Tensor.Generate(new Shape(rows, columns), i => i % columns <= (i / columns) + past));
            scores = Functions.Where(seen, scores, double.NegativeInfinity);
        }

        if (n.Has(6))
        {
            var places = n.Builder.Constant(Tensor.Generate(new Shape(columns), i => (long)i));
            var there = Functions.Less(places, n.Any(6).Reshape(new Shape(n.Shape(6)[0], 1, 1, 1)));
            scores = Functions.Where(there, scores, double.NegativeInfinity);
        }

        return scores;
    }

    /// <summary>Pairs of channels turned by angles whose cosines and sines are given.</summary>
    /// <param name="x">[N, h, T, d] or [N, T, h·d].</param>
    /// <param name="cos">A row a place, or [N, T, …] where no places are given.</param>
    /// <param name="sin">The same.</param>
    /// <param name="places">[N, T], or none.</param>
    /// <param name="heads">How many heads, where x is flat.</param>
    /// <param name="width">How many channels of a head are turned; 0 for all.</param>
    /// <param name="interleaved">Whether pairs are neighbours; else halves.</param>
    public static Variable Rotary(Variable x, Variable cos, Variable sin, Variable? places, int heads, int width, bool interleaved)
    {
        bool isFlat = x.Shape.Rank == 3;
        var h = isFlat ? Heads(x, heads) : x;
        int size = h.Shape[3];
        width = width == 0 ? size : width;
        int half = width / 2;
        Variable Angles(Variable table)
        {
            var rows = places is null ? table : Functions.Embedding(table, places);
            rows = rows.Slice(rows.Shape.Rank - 1, 0, half);
            return rows.Reshape(new Shape(rows.Shape[0], 1, rows.Shape[1], half));
        }

        var (c, s) = (Angles(cos), Angles(sin));
        var turned = width == size ? h : h.Slice(3, 0, width);
        var (a, b) = interleaved ? (turned.Slice(3, 0, width, 2), turned.Slice(3, 1, width, 2)) : (turned.Slice(3, 0, half), turned.Slice(3, half, width));
        var (first, second) = ((a * c) - (b * s), (a * s) + (b * c));
        var y = interleaved
            ? Functions.Stack(4, first, second).Reshape(turned.Shape)
            : Functions.Concatenate(3, first, second);
        y = width == size ? y : Functions.Concatenate(3, y, h.Slice(3, width, size));
        return isFlat ? Joined(y) : y;
    }
}
