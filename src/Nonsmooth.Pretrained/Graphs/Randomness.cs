using Nonsmooth.Dictionary;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>What training draws: masks that are pure functions of the step, each node's its own.</summary>
internal static class Randomness
{
    private static readonly HashSet<string> _drawn = ["torch.ops.aten.dropout.default", "torch.ops.aten.dropout_.default", "torch.ops.aten.bernoulli_.float", "torch.ops.aten.bernoulli.p", "torch.ops.aten.scaled_dot_product_attention.default"];

    public static IEnumerable<(string Name, Func<GraphCall, IReadOnlyList<object?>> Rule)> Rows => [("aten.dropout", Dropout), ("aten.bernoulli", Bernoulli), ("aten.scaled_dot_product_attention", Attention)];

    /// <summary>Whether a graph draws, so that its program takes the number of the step.</summary>
    public static bool IsIn(ArchiveGraph graph) => graph.Nodes.Any(n => (_drawn.Contains(n.Target) && n.Arguments.Any(a => a is { Name: "p" or "dropout_p", Value: not (0.0 or 0L) }) && !n.Arguments.Any(a => a is { Name: "train", Value: false }))
        || n.Arguments.Any(a => a.Value is ArchiveGraph inner && IsIn(inner)));

    private static IReadOnlyList<object?> Dropout(GraphCall call)
    {
        double rate = Rate(call[1]);
        return call[2] is false || rate == 0 ? [call[0]] : [F.Dropout(call.Importer.AsVariable(call[0]), call.Importer.Step, rate, call.Importer.NextSeed())];
    }

    private static IReadOnlyList<object?> Bernoulli(GraphCall call) =>
        [F.Cast(call.Importer.Builder.Apply(new RandomMask(call.Shape(0), Rate(call[1]), call.Importer.NextSeed()), call.Importer.Step), ElementKind.Real)];

    // Weights of attention are dropped after their softmax: written out, since the fused function drops nothing.
    private static IReadOnlyList<object?> Attention(GraphCall call)
    {
        var (q, k, v) = (call.Importer.AsVariable(call[0]), call.Importer.AsVariable(call[1]), call.Importer.AsVariable(call[2]));
        var mask = call.Named("attn_mask") is { } given ? call.Importer.AsVariable(given) : null;
        bool isCausal = call.Named("is_causal") is true, isGrouped = call.Named("enable_gqa") is true;
        double? scale = call.Named("scale") is { } number ? GraphCall.Number(number) as double? ?? throw new ArchiveException("its scale is no number") : null;
        double rate = Rate(call.Named("dropout_p") ?? 0L);
        if (rate == 0)
        {
            return [F.ScaledDotProductAttention(q, k, v, mask, isCausal, scale, isGrouped)];
        }

        if (isGrouped)
        {
            (k, v) = (k.RepeatEach(-3, q.Shape[^3] / k.Shape[^3]), v.RepeatEach(-3, q.Shape[^3] / v.Shape[^3]));
        }

        var scores = F.Scale(F.MatMul(q, k.Transpose([.. Enumerable.Range(0, k.Shape.Rank - 2), k.Shape.Rank - 1, k.Shape.Rank - 2])), scale ?? (1 / Math.Sqrt(q.Shape[^1])));
        int columns = k.Shape[^2];
        mask = isCausal ? call.Importer.Builder.Constant(Tensor.Generate(new Shape(q.Shape[^2], columns), i => i % columns <= i / columns)) : mask;
        scores = mask is null ? scores : mask.Type.Kind == ElementKind.Boolean ? F.Where(Broadcasting.To(mask, scores.Shape), scores, double.NegativeInfinity) : F.Add(scores, mask);
        return [F.MatMul(F.Dropout(F.Softmax(scores, -1), call.Importer.Step, rate, call.Importer.NextSeed()), v)];
    }

    private static double Rate(object? value) => GraphCall.Number(value) switch
    {
        double d and >= 0 and <= 1 => d,
        long l and (0 or 1) => l,
        _ => throw new ArchiveException("it draws with a probability that is not a number from 0 to 1"),
    };
}
