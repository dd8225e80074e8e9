using Nonsmooth.Onnx.Files;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Export;

/// <summary>How a program becomes a model.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>The version of ONNX's operators, 13 to 21. Default 17, which every runtime since 2022 reads.</summary>
    public int Opset { get; init; } = 17;

    /// <summary>The inputs that are initializers of the model, by name: <see cref="Tensor{T}"/> of float, double, long or bool. The others stay inputs.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights { get; init; } = new Dictionary<string, Tensor>();

    /// <summary>The name of the graph.</summary>
    public string Name { get; init; } = "nonsmooth";

    /// <summary>Whether reals are stored in 64 bits; else in 32. Default false.</summary>
    public bool InDouble { get; init; }

    /// <summary>Texts that the model carries.</summary>
    public IReadOnlyList<OnnxProperty> Metadata { get; init; } = [];
}
