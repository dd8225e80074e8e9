using Nonsmooth.Dictionary;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Pretrained.Aten;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>What training draws: pure functions of the step, each node's its own.</summary>
internal static class Randomness
{
    // What alpha dropout puts in the place of a dropped element: −λα of SELU.
    private const double _dropped = -1.7580993408473766;

    private static readonly HashSet<string> _always = ["rand", "rand_like", "randn", "randn_like", "uniform", "normal", "normal_functional", "bernoulli"];
    private static readonly HashSet<string> _dropping = ["dropout", "feature_dropout", "alpha_dropout", "feature_alpha_dropout", "native_dropout", "scaled_dot_product_attention", "lstm", "gru", "rnn_tanh", "rnn_relu"];
    private static readonly HashSet<string> _rates = ["p", "dropout_p", "dropout"];

    public static IEnumerable<(string Name, Func<GraphCall, IReadOnlyList<object?>> Rule)> Rows =>
    [
        ("aten.dropout", call => [Dropped(call, s => s)]), ("aten.feature_dropout", call => [Dropped(call, Features)]), ("aten.native_dropout", WithMask),
        ("aten.alpha_dropout", call => [Alpha(call, s => s)]), ("aten.feature_alpha_dropout", call => [Alpha(call, Features)]),
        ("aten.bernoulli", Bernoulli), ("aten.scaled_dot_product_attention", Attention),
        ("aten.rand", call => [Reals(call, Sizes(call), RandomLaw.Uniform)]), ("aten.randn", call => [Reals(call, Sizes(call), RandomLaw.Normal)]),
        ("aten.rand_like", call => [Reals(call, call.Shape(0), RandomLaw.Uniform)]), ("aten.randn_like", call => [Reals(call, call.Shape(0), RandomLaw.Normal)]),
        ("aten.uniform", call => [Between(call)]), ("aten.normal_functional", call => [Around(call)]), ("aten.normal", Normal),
    ];

    /// <summary>Whether a graph draws, so that its program takes the number of the step.</summary>
    public static bool IsIn(ArchiveGraph graph) => graph.Nodes.Any(n => Draws(n) || n.Arguments.Any(a => a.Value is ArchiveGraph inner && IsIn(inner)));

    /// <summary>Whether a node draws: its result does not follow from its arguments alone.</summary>
    public static bool Draws(ArchiveNode node)
    {
        var target = NodeTarget.Of(node.Target);
        return target.IsAten && (_always.Contains(target.Base) || (_dropping.Contains(target.Base)
            && node.Arguments.Any(a => _rates.Contains(a.Name) && a.Value is not (0.0 or 0L)) && !node.Arguments.Any(a => a is { Name: "train", Value: false })));
    }

    private static object? Dropped(GraphCall call, Func<Shape, Shape> drawn)
    {
        double rate = Rate(call[1]);
        if (call[2] is false || rate == 0 || call.Importer.IsEvaluation)
        {
            return call[0];
        }

        var x = call.Importer.AsVariable(call[0]);
        var shape = drawn(x.Shape);
        return shape.Equals(x.Shape)
            ? F.Dropout(x, call.Importer.Step, rate, call.Importer.NextSeed())
            : F.Where(Broadcasting.To(Mask(call, shape, 1 - rate), x.Shape), F.Scale(x, rate < 1 ? 1 / (1 - rate) : 0), 0.0);
    }

    // (x where kept, else −λα)·a + b, with a and b such that mean 0 and variance 1 stay.
    private static object? Alpha(GraphCall call, Func<Shape, Shape> drawn)
    {
        double rate = Rate(call[1]), kept = 1 - rate;
        if (call[2] is false || rate == 0 || call.Importer.IsEvaluation)
        {
            return call[0];
        }

        var x = call.Importer.AsVariable(call[0]);
        if (kept == 0)
        {
            return F.Scale(x, 0);
        }

        double a = 1 / Math.Sqrt(((_dropped * _dropped * rate) + 1) * kept);
        return F.Add(F.Scale(F.Where(Broadcasting.To(Mask(call, drawn(x.Shape), kept), x.Shape), x, _dropped), a), -_dropped * a * rate);
    }

    private static IReadOnlyList<object?> WithMask(GraphCall call)
    {
        var x = call.Importer.AsVariable(call[0]);
        double rate = call[2] is false || call.Importer.IsEvaluation ? 0 : Rate(call[1]);
        var mask = rate == 0 ? F.Cast(x.Builder.Apply(new Fill(x.Shape, 1)), ElementKind.Boolean) : Mask(call, x.Shape, 1 - rate);
        return [rate == 0 ? x : F.Where(mask, F.Scale(x, rate < 1 ? 1 / (1 - rate) : 0), 0.0), mask];
    }

    // A probability for all, or a tensor of them.
    private static IReadOnlyList<object?> Bernoulli(GraphCall call)
    {
        string overload = call.Node.Target[(call.Node.Target.LastIndexOf('.') + 1)..];
        if (overload is "p" or "float")
        {
            return [F.Cast(Mask(call, call.Shape(0), Rate(call[1] ?? 0.5)), ElementKind.Real)];
        }

        var p = Broadcasting.To(F.Cast(call.Importer.AsVariable(overload == "Tensor" ? call[1] : call[0]), ElementKind.Real), call.Shape(0));
        return [F.Cast(F.Less(Reals(call, call.Shape(0), RandomLaw.Uniform), p), ElementKind.Real)];
    }

    private static Variable Between(GraphCall call)
    {
        double from = Real(call.Named("from") ?? call[1] ?? 0L), to = Real(call.Named("to") ?? call[2] ?? 1L);
        return F.Add(F.Scale(Reals(call, call.Shape(0), RandomLaw.Uniform), to - from), from);
    }

    private static Variable Around(GraphCall call) => F.Add(F.Scale(Reals(call, call.Shape(0), RandomLaw.Normal), Real(call[2] ?? 1L)), Real(call[1] ?? 0L));

    // normal_(x, mean, deviation) overwrites x; normal(mean, deviation) takes tensors, or a number and a tensor.
    private static IReadOnlyList<object?> Normal(GraphCall call)
    {
        if (NodeTarget.Of(call.Node.Target).IsInPlace)
        {
            return [Around(call)];
        }

        var (mean, deviation) = (call.Importer.AsVariable(call[0]), call.Importer.AsVariable(call[1] ?? 1.0));
        var shape = Shapes.Common(mean, deviation);
        return [F.Add(mean, F.Multiply(deviation, Reals(call, shape, RandomLaw.Normal)))];
    }

    // Weights of attention are dropped after their softmax: written out, since the fused function drops nothing.
    private static IReadOnlyList<object?> Attention(GraphCall call)
    {
        var (q, k, v) = (call.Importer.AsVariable(call[0]), call.Importer.AsVariable(call[1]), call.Importer.AsVariable(call[2]));
        var mask = call.Named("attn_mask") is { } given ? call.Importer.AsVariable(given) : null;
        bool isCausal = call.Named("is_causal") is true, isGrouped = call.Named("enable_gqa") is true;
        double? scale = call.Named("scale") is { } number ? GraphCall.Number(number) as double? ?? throw new ArchiveException("its scale is no number") : null;
        double rate = call.Importer.IsEvaluation ? 0 : Rate(call.Named("dropout_p") ?? 0L);
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

    private static Variable Mask(GraphCall call, Shape shape, double probability) =>
        call.Importer.Builder.Apply(new RandomMask(shape, probability, call.Importer.NextSeed()), call.Importer.Step);

    private static Variable Reals(GraphCall call, Shape shape, RandomLaw law) =>
        call.Importer.Builder.Apply(new RandomReals(shape, law, call.Importer.NextSeed()), call.Importer.Step);

    // Whole features are dropped: one draw an example and channel.
    private static Shape Features(Shape x) => x.Rank < 2
        ? throw new ArchiveException($"it drops features of N×C×…, given {x}")
        : x[..2].Concat(new Shape([.. Enumerable.Repeat(1, x.Rank - 2)]));

    private static Shape Sizes(GraphCall call) => new([.. call.List(0).Select(s => GraphCall.Number(s) is long size and >= 0 and <= int.MaxValue ? (int)size : throw new ArchiveException("it draws as many numbers as depend on data"))]);

    private static double Real(object? value) => GraphCall.Number(value) switch
    {
        double d => d,
        long l => l,
        _ => throw new ArchiveException("it draws within bounds that are no numbers"),
    };

    private static double Rate(object? value) => GraphCall.Number(value) switch
    {
        double d and >= 0 and <= 1 => d,
        long l and (0 or 1) => l,
        _ => throw new ArchiveException("it draws with a probability that is not a number from 0 to 1"),
    };
}
