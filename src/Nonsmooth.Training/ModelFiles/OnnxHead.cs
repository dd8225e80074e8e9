using Nonsmooth.Onnx.Files;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>The last linear layer of a model in ONNX: a Gemm, or a MatMul, by an initializer, with nothing but forms, sums and softmax behind.</summary>
/// <param name="Input">The value that it takes.</param>
/// <param name="Node">Its node.</param>
internal sealed record OnnxHead(string Input, OnnxNode Node)
{
    private const string Prefix = "nonsmooth.head";
    private static readonly HashSet<string> _passed = ["Identity", "Reshape", "Flatten", "Squeeze", "Softmax", "LogSoftmax", "Sigmoid", "Add", "Cast"];

    /// <summary>The last linear layer on the way back from the first output; null where the way ends before one.</summary>
    public static OnnxHead? Find(OnnxModel model)
    {
        var initializers = model.Graph.Initializers.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        var makers = model.Graph.Nodes.SelectMany(n => n.Outputs.Where(o => o.Length > 0).Select(o => (o, n))).GroupBy(p => p.o).ToDictionary(g => g.Key, g => g.First().n, StringComparer.Ordinal);
        string? value = model.Graph.Outputs is [{ Name: var first }, ..] ? first : null;
        for (int steps = 0; value is not null && steps < 16 && makers.TryGetValue(value, out var node); steps++)
        {
            // A weight may be transposed or cast on its way.
            bool IsWeight(string name) => initializers.Contains(name) || (makers.TryGetValue(name, out var maker) && maker.Op is "Transpose" or "Cast" or "Identity" or "DequantizeLinear" && initializers.Contains(maker.Inputs[0]));
            if (node.Op is "Gemm" or "MatMul" && node.Inputs.Count >= 2 && IsWeight(node.Inputs[1]))
            {
                return new OnnxHead(node.Inputs[0], node);
            }

            value = _passed.Contains(node.Op) ? node.Inputs.FirstOrDefault(i => !IsWeight(i)) : null;
        }

        return null;
    }

    /// <summary>The model with other weights, and another head if there is one.</summary>
    public static OnnxModel With(OnnxModel model, IReadOnlyDictionary<string, float[]> weights, FileHead? head)
    {
        var graph = model.Graph with
        {
            Initializers = [.. model.Graph.Initializers.Select(i => weights.TryGetValue(i.Name, out float[]? values) ? i.With(Tensor.Of(i.Shape, values)) : i)],
        };
        if (head is null)
        {
            return model with { Graph = graph };
        }

        var output = graph.Outputs[0];
        string features = Find(model)?.Input ?? output.Name;
        string result = features == output.Name ? Prefix + ".output" : output.Name;
        var batch = output.Type?.Dims is { Count: > 0 } dims ? dims[0] : new OnnxDim(null, "N");
        var kept = features == output.Name ? graph.Nodes : Needed(graph, [features, .. graph.Outputs.Skip(1).Select(o => o.Name)]);
        return model with
        {
            Graph = graph with
            {
                Nodes =
                [
                    .. kept,
                    new OnnxNode { Name = Prefix + ".flatten", Op = "Flatten", Inputs = [features], Outputs = [Prefix + ".features"], Attributes = [OnnxAttribute.Of("axis", 1L)] },
                    new OnnxNode
                    {
                        Name = Prefix, Op = "Gemm", Inputs = [Prefix + ".features", "head.weight", "head.bias"], Outputs = [result], Attributes = [OnnxAttribute.Of("transB", 1L)],
                    },
                ],
                Initializers =
                [
                    .. graph.Initializers,
                    OnnxTensor.Of("head.weight", Tensor.Of(new Shape(head.Classes, head.Weight.Length / head.Classes), head.Weight)),
                    OnnxTensor.Of("head.bias", Tensor.Of(new Shape(head.Classes), head.Bias)),
                ],
                Outputs = [new OnnxValue(result, OnnxType.Tensor(OnnxDataType.Float, [batch, new OnnxDim(head.Classes)])), .. graph.Outputs.Skip(1)],
            },
        };
    }

    private static List<OnnxNode> Needed(OnnxGraph graph, IEnumerable<string> values)
    {
        var wanted = values.ToHashSet(StringComparer.Ordinal);
        var kept = new List<OnnxNode>();
        foreach (var node in graph.Nodes.Reverse())
        {
            // A node with a graph inside may read any value.
            if (node.Outputs.Any(wanted.Contains) || node.Attributes.Any(a => a.Graph is not null))
            {
                kept.Add(node);
                wanted.UnionWith(node.Inputs);
                wanted.UnionWith(node.Attributes.SelectMany(a => a.Graph?.Nodes ?? []).SelectMany(n => n.Inputs));
            }
        }

        kept.Reverse();
        return kept;
    }
}
