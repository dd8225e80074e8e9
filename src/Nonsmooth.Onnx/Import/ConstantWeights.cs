using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Marks;

namespace Nonsmooth.Onnx.Import;

/// <summary>
/// Weights that exporters write as nodes, Constant, rather than as initializers: Paddle's do, and branches of choices do. What layers read in
/// the place of a weight moves to the initializers of the model, under the name of the value; other constants stay.
/// </summary>
internal static class ConstantWeights
{
    private static readonly Dictionary<string, int[]> _places = new(StringComparer.Ordinal)
    {
        ["Conv"] = [1, 2], ["ConvTranspose"] = [1, 2], ["Gemm"] = [0, 1, 2], ["MatMul"] = [0, 1], ["PRelu"] = [1],
        ["BatchNormalization"] = [1, 2, 3, 4], ["InstanceNormalization"] = [1, 2], ["LayerNormalization"] = [1, 2], ["GroupNormalization"] = [1, 2], ["RMSNormalization"] = [1],
        ["LSTM"] = [1, 2, 3, 7], ["GRU"] = [1, 2, 3], ["RNN"] = [1, 2, 3],
    };

    private static readonly HashSet<string> _views = ["Identity", "Reshape", "Transpose", "Squeeze", "Unsqueeze", "Flatten"];
    private static readonly HashSet<string> _biased = ["Conv", "ConvTranspose", "Gemm", "MatMul"];

    /// <summary>The model with these weights as initializers; the model itself where there are none.</summary>
    public static OnnxModel Moved(OnnxModel model)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        Count(model.Graph, names, 0);
        var moved = new List<OnnxTensor>();
        var graph = Without(model.Graph, names, moved, 0);
        return moved.Count == 0 ? model : model with
        {
            // Before format 4 every initializer is an input as well.
            IrVersion = model.IrVersion == 0 ? 0 : Math.Max(4, model.IrVersion),
            Graph = graph with { Initializers = [.. graph.Initializers, .. moved] },
        };
    }

    // A name that is given twice, in two graphs, stands for one value in each.
    private static void Count(OnnxGraph graph, Dictionary<string, int> names, int depth)
    {
        foreach (string name in graph.Inputs.Select(i => i.Name).Union(graph.Initializers.Select(i => i.Name)).Concat(graph.Nodes.SelectMany(n => n.Outputs)))
        {
            names[name] = names.GetValueOrDefault(name) + 1;
        }

        foreach (var inner in Inner(graph, depth))
        {
            Count(inner, names, depth + 1);
        }
    }

    private static OnnxGraph Without(OnnxGraph graph, Dictionary<string, int> names, List<OnnxTensor> moved, int depth)
    {
        var constants = graph.Nodes.Where(IsArray).DistinctBy(n => n.Outputs[0]).ToDictionary(n => n.Outputs[0], StringComparer.Ordinal);
        var weights = constants.Count == 0 ? [] : Read(graph, constants);
        weights.RemoveWhere(w => names[w] != 1);
        moved.AddRange(weights.Select(w => Value(constants[w])! with { Name = w }));
        bool isNested = Inner(graph, depth).Any();
        return weights.Count == 0 && !isNested ? graph : graph with
        {
            Nodes =
            [
                .. graph.Nodes.Where(n => !(n.Op == "Constant" && n.Outputs.Count == 1 && weights.Contains(n.Outputs[0])))
                    .Select(n => !isNested || n.Attributes.All(a => a.Graph is null) ? n : n with
                    {
                        Attributes = [.. n.Attributes.Select(a => a.Graph is { } inner ? a with { Graph = Without(inner, names, moved, depth + 1) } : a)],
                    }),
            ],
        };
    }

    /// <summary>The constants that are read in the place of a weight, as they are or through views.</summary>
    private static HashSet<string> Read(OnnxGraph graph, Dictionary<string, OnnxNode> constants)
    {
        var makers = graph.Nodes.SelectMany(n => n.Outputs.Select(o => (Output: o, Node: n))).DistinctBy(p => p.Output).ToDictionary(p => p.Output, p => p.Node, StringComparer.Ordinal);
        var initializers = graph.Initializers.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        string Origin(string name)
        {
            for (int steps = 0; steps < 8 && makers.TryGetValue(name, out var maker) && maker.Domain.Length == 0 && _views.Contains(maker.Op) && maker.Inputs.Count > 0; steps++)
            {
                name = maker.Inputs[0];
            }

            return name;
        }

        bool IsLayer(OnnxNode? node) => node is { Domain.Length: 0 } && _biased.Contains(node.Op)
            && (node.Op != "MatMul" || node.Inputs.Select(Origin).Any(i => constants.ContainsKey(i) || initializers.Contains(i)));
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes.Where(n => n.Domain.Length == 0))
        {
            if (_places.TryGetValue(node.Op, out int[]? places))
            {
                read.UnionWith(places.Where(p => p < node.Inputs.Count).Select(p => Origin(node.Inputs[p])));
            }
            else if (node.Op == "Add" && node.Inputs.Count == 2)
            {
                read.UnionWith(Enumerable.Range(0, 2).Where(i => IsLayer(makers.GetValueOrDefault(node.Inputs[1 - i]))).Select(i => Origin(node.Inputs[i])));
                read.UnionWith(Scale(node, makers));
            }
        }

        read.IntersectWith(constants.Keys);
        return read;
    }

    // Layer norm, written out, ends as Add(Mul(Div(…), scale), shift).
    private static IEnumerable<string> Scale(OnnxNode sum, Dictionary<string, OnnxNode> makers) =>
        from i in Enumerable.Range(0, 2)
        where makers.GetValueOrDefault(sum.Inputs[i]) is { Op: "Mul", Inputs.Count: 2 } product && product.Inputs.Any(p => makers.GetValueOrDefault(p)?.Op == "Div")
        from name in makers[sum.Inputs[i]].Inputs.Append(sum.Inputs[1 - i])
        where makers.GetValueOrDefault(name) is { Op: "Constant" } constant && Value(constant)?.Dims is [.., > 1]
        select name;

    private static bool IsArray(OnnxNode node) => node.Op == "Constant" && node.Domain.Length == 0 && node.Outputs.Count == 1
        && Value(node) is { Dims.Count: > 0 } tensor && tensor.DataType.IsReal() && !node.Metadata.Any(p => p.Key == NodeMark.FunctionKey);

    private static OnnxTensor? Value(OnnxNode node) => node.Attributes.FirstOrDefault(a => a.Name == "value")?.Tensor;

    // As deep as the importer itself goes.
    private static IEnumerable<OnnxGraph> Inner(OnnxGraph graph, int depth) => depth > 200 ? [] : graph.Nodes.SelectMany(n => n.Attributes).Select(a => a.Graph).OfType<OnnxGraph>();
}
