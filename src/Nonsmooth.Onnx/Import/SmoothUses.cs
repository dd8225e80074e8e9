using Nonsmooth.Onnx.Files;

namespace Nonsmooth.Onnx.Import;

/// <summary>Which values an output depends on other than by decisions: a mask that is only compared with 0 is no weight.</summary>
internal static class SmoothUses
{
    private static readonly HashSet<string> _discrete =
    [
        "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "IsNaN", "IsInf", "Not", "And", "Or", "Xor", "Shape", "Size", "ArgMax", "ArgMin", "NonZero", "NonMaxSuppression",
    ];

    /// <summary>The names of these values.</summary>
    public static HashSet<string> Of(IReadOnlyList<OnnxNode> ordered, IEnumerable<string> outputs)
    {
        var used = outputs.ToHashSet(StringComparer.Ordinal);
        for (int i = ordered.Count - 1; i >= 0; i--)
        {
            var node = ordered[i];
            if (node.Outputs.Any(used.Contains) && !(node.Domain.Length == 0 && IsDiscrete(node)))
            {
                used.UnionWith(GraphOrder.Needs(node));
            }
        }

        return used;
    }

    /// <summary>The initializers of one element that several nodes read for nothing but arithmetic: factors, not weights.</summary>
    public static IEnumerable<string> Factors(OnnxGraph graph)
    {
        var single = graph.Initializers.Where(i => i.DataType.IsReal() && i.Dims.All(d => d == 1)).Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        return graph.Nodes.SelectMany(n => n.Inputs.Distinct().Where(single.Contains).Select(i => (Name: i, Node: n))).GroupBy(u => u.Name)
            .Where(g => g.Count() > 1 && g.All(u => u.Node.Op is "Mul" or "Div" or "Add" or "Sub" or "Pow")).Select(g => g.Key);
    }

    private static bool IsDiscrete(OnnxNode node) => _discrete.Contains(node.Op)
        || (node.Op == "Cast" && !((OnnxDataType)(node.Attributes.FirstOrDefault(a => a.Name == "to")?.Integer ?? 1)).IsReal());
}
