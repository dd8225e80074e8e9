using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Operators of sequence models that carry a state: linear attention, causal convolution, caches.</summary>
internal static class Stateful
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Many("LinearAttention", LinearAttention, 27),
        Row.Many("CausalConvWithState", CausalConv, 27),
        Row.Of("TensorScatter", TensorScatter, 24),
    ];

    private static IReadOnlyList<ImportValue?> CausalConv(NodeContext n)
    {
        var (x, weight) = (n.Real(0), n.Real(1));
        int carried = weight.Shape[2] - 1;
        var past = n.Has(3) ? n.Real(3) : n.Builder.Apply(new Fill(new Shape(x.Shape[0], x.Shape[1], carried), 0));
        var whole = carried > 0 ? Functions.Concatenate(2, past, x) : x;
        var y = Functions.Conv(whole, weight, n.Has(2) ? n.Real(2) : null, null, x.Shape[1]);
        y = n.Text("activation", "none") is "silu" or "swish" ? Functions.Silu(y) : y;
        return [n.Result(y), n.Result(whole.Slice(2, whole.Shape[2] - carried, whole.Shape[2]))];
    }

    private static IReadOnlyList<ImportValue?> LinearAttention(NodeContext n)
    {
        string rule = n.Text("update_rule", "gated_delta");
        int heads = n.Small("kv_num_heads", 1);
        int queries = n.Small("q_num_heads", heads);
        var (q, k, v) = (Attending.Heads(n.Real(0), queries), Attending.Heads(n.Real(1), heads), Attending.Heads(n.Real(2), heads));
        var (batch, steps, inner, outer) = (q.Shape[0], q.Shape[2], k.Shape[3], v.Shape[3]);
        double scale = n.Attribute("scale", 0.0) is var given && given != 0 ? given : 1 / Math.Sqrt(inner);
        var state = n.Has(3) ? n.Real(3) : n.Builder.Apply(new Fill(new Shape(batch, heads, inner, outer), 0));
        bool isGated = rule.StartsWith("gated", StringComparison.Ordinal);
        bool isDelta = rule.EndsWith("delta", StringComparison.Ordinal);
        var decay = isGated ? Functions.Exp(Attending.Heads(n.Real(4), heads)) : null;
        var beta = isDelta ? n.Real(5).Transpose(0, 2, 1) : null;
        var outputs = new Variable[steps];
        for (int t = 0; t < steps; t++)
        {
            int at = t;
            Variable Step(Variable x) => x.Slice(2, at, at + 1);
            if (decay is not null)
            {
                state *= Step(decay).Transpose(0, 1, 3, 2);
            }

            var (key, value) = (Step(k), Step(v));
            if (beta is not null)
            {
                var error = value - Functions.MatMul(key, state);
                value = error * Step(beta).Reshape(new Shape(batch, beta.Shape[1], 1, 1));
            }

            state += Functions.MatMul(key.Transpose(0, 1, 3, 2), value);
            outputs[t] = Functions.MatMul(Step(q) * scale, Attending.Repeated(state, queries));
        }

        return [n.Result(Attending.Joined(Functions.Concatenate(2, outputs))), n.Result(state)];
    }

    // A cache whose places from a given index on are overwritten, for each example from its own.
    private static Variable TensorScatter(NodeContext n)
    {
        var (cache, update) = (n.Real(0), n.Real(1));
        int axis = cache.Shape.Axis(n.Small("axis", -2));
        int size = cache.Shape[axis];
        bool isCircular = n.Text("mode", "linear") == "circular";
        int count = update.Shape[axis];
        var inner = update.Shape[(axis + 1)..].Elements;
        var places = n.Builder.Constant(Tensor.Generate(update.Shape, i => (long)(i / inner % count)));
        if (n.Has(2))
        {
            var first = n.Any(2).Reshape(new Shape([cache.Shape[0], .. Enumerable.Repeat(1, cache.Shape.Rank - 1)]));
            places = Functions.Combine(IndexOperation.Add, places, first);
        }

        places = isCircular ? Functions.Combine(IndexOperation.Remainder, places, Integers.Number(n.Builder, size)) : places;
        return Functions.ScatterElements(cache, places, update, axis);
    }
}
