namespace Nonsmooth.Onnx.Files;

/// <summary>A model as its file has it. Fields that are not named here are kept and written again.</summary>
public sealed record OnnxModel
{
    /// <summary>The version of the format; 3 or more in any file of today.</summary>
    public long IrVersion { get; init; } = 8;

    /// <summary>What wrote it.</summary>
    public string ProducerName { get; init; } = "";

    /// <summary>The version of what wrote it.</summary>
    public string ProducerVersion { get; init; } = "";

    /// <summary>Which version of which domain's operators it uses; domain <c>""</c> are ONNX's own.</summary>
    public IReadOnlyList<OnnxOpset> Opsets { get; init; } = [];

    /// <summary>What is computed.</summary>
    public OnnxGraph Graph { get; init; } = new();

    /// <summary>Functions of its own, which nodes call by domain and name.</summary>
    public IReadOnlyList<OnnxFunction> Functions { get; init; } = [];

    /// <summary>Texts by keys.</summary>
    public IReadOnlyList<OnnxProperty> Metadata { get; init; } = [];

    /// <summary>The path that it was read from; empty where it was not.</summary>
    public string Path { get; init; } = "";

    internal IReadOnlyList<ReadOnlyMemory<byte>> Others { get; init; } = [];
}

/// <summary>A version of a domain's operators.</summary>
/// <param name="Domain">The domain; <c>""</c> are ONNX's own.</param>
/// <param name="Version">The version.</param>
public sealed record OnnxOpset(string Domain, long Version);

/// <summary>A text by a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The text.</param>
public sealed record OnnxProperty(string Key, string Value);

/// <summary>A graph: nodes in an order in which they can run, unless the file is at fault.</summary>
public sealed record OnnxGraph
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its nodes.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; init; } = [];

    /// <summary>Tensors that are part of it. Before format 4, each is also listed among the inputs.</summary>
    public IReadOnlyList<OnnxTensor> Initializers { get; init; } = [];

    /// <summary>How many sparse initializers there are; they are kept, not read.</summary>
    public int SparseInitializers { get; init; }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; init; } = [];

    /// <summary>The outputs.</summary>
    public IReadOnlyList<OnnxValue> Outputs { get; init; } = [];

    /// <summary>Types of other values, where the file gives them.</summary>
    public IReadOnlyList<OnnxValue> Values { get; init; } = [];

    internal IReadOnlyList<ReadOnlyMemory<byte>> Others { get; init; } = [];
}

/// <summary>An application of an operator.</summary>
public sealed record OnnxNode
{
    /// <summary>Its name; often empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The operator.</summary>
    public string Op { get; init; } = "";

    /// <summary>The operator's domain; <c>""</c> is ONNX's own.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Names of the arguments; <c>""</c> for one that is left out.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Names of the results; <c>""</c> for one that is not wanted.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The attributes.</summary>
    public IReadOnlyList<OnnxAttribute> Attributes { get; init; } = [];

    /// <summary>Texts by keys.</summary>
    public IReadOnlyList<OnnxProperty> Metadata { get; init; } = [];

    internal IReadOnlyList<ReadOnlyMemory<byte>> Others { get; init; } = [];

    /// <summary>What a message calls it: its name, or what it makes.</summary>
    public string Label => Name.Length > 0 ? Name : Outputs.FirstOrDefault(o => o.Length > 0) is { } output ? output : Op;
}

/// <summary>A function of the model: nodes over its own names, with its own versions of operators.</summary>
public sealed record OnnxFunction
{
    /// <summary>Its name, by which nodes call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its domain.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Names of the arguments.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Names of the results.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Attributes that a caller gives.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Attributes with what they are where a caller gives none.</summary>
    public IReadOnlyList<OnnxAttribute> Defaults { get; init; } = [];

    /// <summary>Its nodes.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; init; } = [];

    /// <summary>Which versions of operators its nodes mean.</summary>
    public IReadOnlyList<OnnxOpset> Opsets { get; init; } = [];

    internal ReadOnlyMemory<byte> Encoded { get; init; }
}
