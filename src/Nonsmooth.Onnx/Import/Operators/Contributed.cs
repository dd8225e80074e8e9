using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Operators of com.microsoft, which ONNX Runtime's optimizer writes for chains of others.</summary>
internal static class Contributed
{
    private const string Domain = "com.microsoft";

    public static IEnumerable<OperatorRow> Rows =>
    [
        Own("FusedMatMul", FusedMatMul), Own("TransposeMatMul", FusedMatMul),
        Own("FusedConv", n => Activated(n, Convolving.Conv(n, n.Real(0), n.Real(1), n.Has(2) ? n.Real(2) : null) is var y && n.Has(3) ? y + n.Real(3) : y)),
        Own("FusedGemm", n => Activated(n, Products.Gemm(n))),
        Own("Gelu", n => Functions.Gelu(n.Real(0))),
        Own("BiasGelu", n => Functions.Gelu(n.Real(0) + n.Real(1))),
        Own("FastGelu", n => Functions.Gelu(n.Has(1) ? n.Real(0) + n.Real(1) : n.Real(0), true)),
        Own("QuickGelu", n => n.Real(0) * Functions.Sigmoid(n.Real(0) * n.Attribute("alpha", 1.702))),
        Own("BiasSplitGelu", BiasSplitGelu),
        Own("BiasSoftmax", n => Functions.Softmax(n.Real(0) + n.Real(1), -1)),
        Own("Inverse", _ => throw new Refusal("inverses of matrices are not supported")),
        Row.Many("SkipLayerNormalization", n => Skip(n, simplified: false), domain: Domain),
        Row.Many("SkipSimplifiedLayerNormalization", n => Skip(n, simplified: true), domain: Domain),
        Own("SimplifiedLayerNormalization", n => Normalising.Rms(n.Real(0), n.Real(1), n.Small("axis", -1), n.Attribute("epsilon", 1e-5))),
        Own("RotaryEmbedding", Rotary),
        Row.Many("Attention", Attention, domain: Domain),
        Row.Many("MultiHeadAttention", MultiHead, domain: Domain),
        Row.Many("EmbedLayerNormalization", Embed, domain: Domain),
        .. Of("its weights are quantised in blocks: import the model as it was before quantisation", "MatMulNBits", "MatMulBnb4", "QAttention", "QMoE"),
    ];

    private static OperatorRow Own(string op, Func<NodeContext, Variable> rule) => Row.Of(op, rule, domain: Domain);

    private static IEnumerable<OperatorRow> Of(string reason, params string[] operators) => operators.Select(op => Row.Never(op, reason, Domain));

    private static Variable FusedMatMul(NodeContext n)
    {
        if (n.Flag("transBatchA") || n.Flag("transBatchB"))
        {
            throw new Refusal("it transposes batches (transBatchA, transBatchB), which is not supported");
        }

        double alpha = n.Attribute("alpha", 1.0);
        var y = Functions.MatMul(n.Real(0), n.Real(1), n.Flag("transA"), n.Flag("transB"));
        return alpha == 1 ? y : y * alpha;
    }

    private static Variable Activated(NodeContext n, Variable y)
    {
        double[] p = n.Floats("activation_params") ?? [];
        return n.Text("activation", "") switch
        {
            "" => y,
            "Relu" => Functions.Relu(y),
            "Tanh" => Functions.Tanh(y),
            "Sigmoid" => Functions.Sigmoid(y),
            "LeakyRelu" => Functions.LeakyRelu(y, p.Length > 0 ? p[0] : n.Attribute("activation_alpha", 0.01)),
            "Clip" when p.Length == 2 => Functions.Clamp(y, p[0], p[1]),
            "HardSigmoid" when p.Length == 2 => Composed.HardSigmoid(y, p[0], p[1]),
            var other => throw new Refusal($"its activation '{other}' is not known"),
        };
    }

    private static Variable BiasSplitGelu(NodeContext n)
    {
        var x = n.Real(0) + n.Real(1);
        int half = x.Shape[^1] / 2;
        int axis = x.Shape.Rank - 1;
        return x.Slice(axis, 0, half) * Functions.Gelu(x.Slice(axis, half, 2 * half));
    }

    private static IReadOnlyList<ImportValue?> Skip(NodeContext n, bool simplified)
    {
        var sum = n.Real(0) + n.Real(1);
        int bias = simplified ? 3 : 4;
        sum = n.Has(bias) ? sum + n.Real(bias) : sum;
        double epsilon = n.Attribute("epsilon", simplified ? 1e-5 : 1e-12);
        var y = simplified
            ? Normalising.Rms(sum, n.Real(2), -1, epsilon)
            : Functions.LayerNorm(sum, n.Real(2), n.Has(3) ? n.Real(3) : n.Builder.Apply(new Fill(n.Shape(2), 0)), epsilon);
        return [n.Result(y), null, null, n.Wants(3) ? n.Result(sum) : null];
    }

    private static IReadOnlyList<ImportValue?> Embed(NodeContext n)
    {
        var ids = n.Any(0);
        var sum = Functions.Embedding(n.Real(2), ids);
        int length = ids.Shape[1];
        sum += n.Has(8) ? Functions.Embedding(n.Real(3), n.Any(8)) : n.Real(3).Slice(0, 0, length);
        sum = n.Has(4) && n.Has(1) ? sum + Functions.Embedding(n.Real(4), n.Any(1)) : sum;
        var y = Functions.LayerNorm(sum, n.Real(5), n.Real(6), n.Attribute("epsilon", 1e-12));
        var counts = n.Has(7) ? Functions.Cast(Functions.Cast(n.Any(7), ElementKind.Real).Sum(1), ElementKind.Index) : n.Builder.Constant(new Tensor<long>(new Shape(ids.Shape[0])));
        return [n.Result(y), n.Result(counts), n.Wants(2) ? n.Result(sum) : null];
    }

    private static Variable Rotary(NodeContext n)
    {
        var x = n.Real(0);
        var (cos, sin) = (n.Real(2), n.Real(3));
        int width = n.Small("rotary_embedding_dim", 0);
        int heads = n.Small("num_heads", 0);
        if (heads == 0 && x.Shape.Rank == 3)
        {
            heads = x.Shape[2] / (2 * cos.Shape[1]);
        }

        var length = x.Shape.Rank == 4 ? x.Shape[2] : x.Shape[1];
        var places = n.Any(1);

        // One place is that of the first; the others follow.
        if (places.Shape.Count64 == 1)
        {
            var steps = n.Builder.Constant(Tensor.Generate(new Shape(1, length), i => (long)i));
            places = Functions.Combine(IndexOperation.Add, steps, places.Reshape(new Shape(1, 1)));
            places = Broadcasting.To(places, new Shape(x.Shape[0], length));
        }

        var y = Attending.Rotary(x, cos, sin, places, heads, width, n.Flag("interleaved"));
        return n.Attribute("scale", 1.0) == 1 ? y : y * n.Attribute("scale", 1.0);
    }

    // The projections of queries, keys and values are one matrix [D, 3D].
    private static IReadOnlyList<ImportValue?> Attention(NodeContext n)
    {
        if (n.Has(4) || n.Has(5) || n.Flag("do_rotary"))
        {
            throw new Refusal("it has a past, a bias of scores or rotary embedding, which are not supported: export the model without ONNX Runtime's optimizer");
        }

        int heads = n.Small("num_heads", 1);
        var all = Functions.MatMul(n.Real(0), n.Real(1));
        all = n.Has(2) ? all + n.Real(2) : all;
        long[] sizes = n.Many("qkv_hidden_sizes") ?? [all.Shape[2] / 3, all.Shape[2] / 3, all.Shape[2] / 3];
        var parts = Functions.Split(all, 2, [.. sizes.Select(s => (int)s)]);
        var y = Attend(n, [.. parts.Select(p => Attending.Heads(p, heads))], n.Has(3) ? n.Any(3) : null, n.Flag("unidirectional"));
        return [n.Result(Attending.Joined(y))];
    }

    private static IReadOnlyList<ImportValue?> MultiHead(NodeContext n)
    {
        if (n.Shape(0).Rank != 3 || !n.Has(1) || !n.Has(2) || n.Shape(1).Rank != 3 || n.Has(6) || n.Has(7))
        {
            throw new Refusal("it has packed arguments or a past, which are not supported: export the model without ONNX Runtime's optimizer");
        }

        int heads = n.Small("num_heads", 1);
        var (q, k, v) = (n.Real(0), n.Real(1), n.Real(2));
        if (n.Has(3))
        {
            var bias = Functions.Split(n.Real(3), 0, [q.Shape[2], k.Shape[2], v.Shape[2]]);
            (q, k, v) = (q + bias[0], k + bias[1], v + bias[2]);
        }

        var y = Attend(n, [Attending.Heads(q, heads), Attending.Heads(k, heads), Attending.Heads(v, heads)], n.Has(4) ? n.Any(4) : null, n.Flag("unidirectional"), n.Has(5) ? n.Real(5) : null);
        return [n.Result(Attending.Joined(y))];
    }

    private static Variable Attend(NodeContext n, Variable[] parts, Variable? mask, bool causal, Variable? bias = null)
    {
        var (q, k, v) = (parts[0], parts[1], parts[2]);
        double? scale = n.Attribute("scale", 0.0) is var given && given != 0 ? given : null;
        if (mask is null && bias is null)
        {
            return Functions.Attention(q, k, v, causal, scale);
        }

        var scores = Functions.MatMul(q * (scale ?? (1 / Math.Sqrt(q.Shape[^1]))), k, transposeRight: true);
        if (mask is not null)
        {
            var shape = mask.Shape.Rank switch
            {
                1 when mask.Shape[0] == q.Shape[0] => null,
                2 => new Shape(mask.Shape[0], 1, 1, mask.Shape[1]),
                3 => new Shape(mask.Shape[0], 1, mask.Shape[1], mask.Shape[2]),
                _ => throw new Refusal($"its mask of {mask.Shape} is not supported"),
            };

            // Of one number an example it is how many places there are.
            var seen = shape is null
                ? Functions.Less(n.Builder.Constant(Tensor.Generate(new Shape(k.Shape[2]), i => (long)i)), mask.Reshape(new Shape(mask.Shape[0], 1, 1, 1)))
                : Functions.NotEqual(mask, Integers.Number(n.Builder, 0)).Reshape(shape);
            scores = Functions.Where(seen, scores, scores + n.Attribute("mask_filter_value", -10000.0));
        }

        scores = bias is null ? scores : scores + bias;
        if (causal)
        {
            scores = Functions.Where(n.Builder.Apply(new CausalMask(q.Shape[2], k.Shape[2])), scores, double.NegativeInfinity);
        }

        return Functions.MatMul(Functions.Softmax(scores, -1), v);
    }
}
