using System.Text;

namespace Nonsmooth.Onnx.Files;

/// <summary>What an attribute holds.</summary>
public enum OnnxAttributeKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A float.</summary>
    Float = 1,

    /// <summary>An integer.</summary>
    Integer = 2,

    /// <summary>A byte string.</summary>
    Text = 3,

    /// <summary>A tensor.</summary>
    Tensor = 4,

    /// <summary>A graph.</summary>
    Graph = 5,

    /// <summary>Floats.</summary>
    Floats = 6,

    /// <summary>Integers.</summary>
    Integers = 7,

    /// <summary>Byte strings.</summary>
    Texts = 8,

    /// <summary>Tensors.</summary>
    Tensors = 9,

    /// <summary>Graphs.</summary>
    Graphs = 10,

    /// <summary>Something else that the format knows, as a sparse tensor or a type; kept, not read.</summary>
    Other = 11,
}

/// <summary>A named constant of a node.</summary>
public sealed record OnnxAttribute
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it holds.</summary>
    public OnnxAttributeKind Kind { get; init; }

    /// <summary>In a function: the caller's attribute that stands here; else empty.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The float.</summary>
    public float Float { get; init; }

    /// <summary>The integer.</summary>
    public long Integer { get; init; }

    /// <summary>The byte string.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The tensor.</summary>
    public OnnxTensor? Tensor { get; init; }

    /// <summary>The graph.</summary>
    public OnnxGraph? Graph { get; init; }

    /// <summary>The floats.</summary>
    public IReadOnlyList<float> Floats { get; init; } = [];

    /// <summary>The integers.</summary>
    public IReadOnlyList<long> Integers { get; init; } = [];

    /// <summary>The byte strings.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Texts { get; init; } = [];

    /// <summary>The byte string as a text; what is no UTF-8 is replaced.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    internal ReadOnlyMemory<byte> Encoded { get; init; }

    /// <summary>An integer.</summary>
    public static OnnxAttribute Of(string name, long value) => new() { Name = name, Kind = OnnxAttributeKind.Integer, Integer = value };

    /// <summary>A float.</summary>
    public static OnnxAttribute Of(string name, float value) => new() { Name = name, Kind = OnnxAttributeKind.Float, Float = value };

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value) => new() { Name = name, Kind = OnnxAttributeKind.Text, Bytes = Encoding.UTF8.GetBytes(value) };

    /// <summary>Integers.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<long> values) => new() { Name = name, Kind = OnnxAttributeKind.Integers, Integers = values };

    /// <summary>A tensor.</summary>
    public static OnnxAttribute Of(string name, OnnxTensor value) => new() { Name = name, Kind = OnnxAttributeKind.Tensor, Tensor = value };

    /// <summary>A graph.</summary>
    public static OnnxAttribute Of(string name, OnnxGraph value) => new() { Name = name, Kind = OnnxAttributeKind.Graph, Graph = value };
}
