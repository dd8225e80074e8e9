using Nonsmooth.Onnx.Files;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Tests;

/// <summary>Small models, made here.</summary>
internal static class Small
{
    /// <summary>y = relu(w · x) over two elements.</summary>
    public static OnnxModel Model() => Of([Node("Mul", ["w", "x"], ["t"]), Node("Relu", ["t"], ["y"])], ["x"], ["y"], [OnnxTensor.Of("w", Tensor.Of(new Shape(2), [0.5f, -2f]))]);

    /// <summary>A model of nodes; inputs are two floats.</summary>
    public static OnnxModel Of(IReadOnlyList<OnnxNode> nodes, string[] inputs, string[] outputs, IReadOnlyList<OnnxTensor>? initializers = null, long opset = 17) => new()
    {
        Opsets = [new OnnxOpset("", opset)],
        Graph = new OnnxGraph
        {
            Name = "g",
            Nodes = nodes,
            Initializers = initializers ?? [],
            Inputs = [.. inputs.Select(i => Value(i, 2))],
            Outputs = [.. outputs.Select(o => new OnnxValue(o, null))],
        },
    };

    /// <summary>A value of floats.</summary>
    public static OnnxValue Value(string name, params long[] dims) => new(name, OnnxType.Tensor(OnnxDataType.Float, [.. dims.Select(d => new OnnxDim(d))]));

    /// <summary>A node, named as its operator.</summary>
    public static OnnxNode Node(string op, string[] inputs, string[] outputs, params OnnxAttribute[] attributes) =>
        new() { Op = op, Name = $"the_{op}", Inputs = inputs, Outputs = outputs, Attributes = attributes };
}
