using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Import;

/// <summary>Operators whose attribute is a graph that is applied once: attention with changed scores, maps over sequences.</summary>
internal static class Flexible
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Of("FlexAttention", FlexAttention, domain: "ai.onnx.preview"),
        Row.Many("SequenceMap", SequenceMap) with { IsStructural = true },
    ];

    private static Variable FlexAttention(NodeContext n)
    {
        var q = n.Real(0);
        var (k, v) = (Attending.Repeated(n.Real(1), q.Shape[1]), Attending.Repeated(n.Real(2), q.Shape[1]));
        double scale = n.HasAttribute("scale") ? n.Attribute("scale", 1.0) : 1 / Math.Sqrt(q.Shape[^1]);
        var scores = Changed(n, "score_mod", Functions.MatMul(q * scale, k, transposeRight: true));
        return Functions.MatMul(Changed(n, "prob_mod", Functions.Softmax(scores, -1)), v);
    }

    private static Variable Changed(NodeContext n, string name, Variable x)
    {
        if (!n.HasAttribute(name))
        {
            return x;
        }

        var graph = n.Graph(name);
        var scope = new ImportScope(n.Scope);
        scope.Set(graph.Inputs[0].Name, n.Result(x));
        return n.Importer.Graph(graph, scope, n.Builder)[0] is { } result ? n.Real(result) : throw new Refusal($"its graph {name} cannot be imported");
    }

    private static IReadOnlyList<ImportValue?> SequenceMap(NodeContext n)
    {
        var body = n.Graph("body");
        var first = Steering.List(n, 0);
        var made = body.Outputs.Select(_ => new List<ImportValue>()).ToArray();
        for (int step = 0; step < first.Items.Count; step++)
        {
            var scope = new ImportScope(n.Scope);
            for (int i = 0; i < n.Count; i++)
            {
                scope.Set(body.Inputs[i].Name, n[i] is Several ? Steering.List(n, i).Items[step] : n[i]);
            }

            IReadOnlyList<ImportValue?> results;
            using (n.Builder.Scope($"{step}"))
            {
                results = n.Importer.Graph(body, scope, n.Builder);
            }

            for (int i = 0; i < made.Length; i++)
            {
                made[i].Add(results[i] ?? throw new Refusal("its graph cannot be imported"));
            }
        }

        return [.. made.Select(m => (ImportValue?)new Several(m, m.Count > 0 ? m[0].Stored : n[0].Stored))];
    }
}
