namespace Nonsmooth.Pretrained.Archives;

/// <summary>What <c>torch.export.save</c> wrote: a graph, what its inputs are, and the weights, which are read when they are asked for.</summary>
public sealed record Archive
{
    /// <summary>The file; what the caller called it where it was no file.</summary>
    public required string Path { get; init; }

    /// <summary>The version of PyTorch that wrote it, as it says; empty where it does not.</summary>
    public string TorchVersion { get; init; } = "";

    /// <summary>The graph.</summary>
    public required ArchiveGraph Graph { get; init; }

    /// <summary>What the graph's inputs are, in order.</summary>
    public required IReadOnlyList<ArchiveInputSpec> Inputs { get; init; }

    /// <summary>What the graph's outputs are, in order.</summary>
    public required IReadOnlyList<ArchiveOutputSpec> Outputs { get; init; }

    /// <summary>Parameters and buffers by their names in PyTorch.</summary>
    public required IReadOnlyDictionary<string, ArchiveTensor> Weights { get; init; }

    /// <summary>Constants, and buffers that a state dictionary leaves out, by name.</summary>
    public required IReadOnlyDictionary<string, ArchiveTensor> Constants { get; init; }

    /// <summary>Least and greatest values of symbols, where there are any.</summary>
    public IReadOnlyDictionary<string, (long? Least, long? Most)> Ranges { get; init; } = new Dictionary<string, (long? Least, long? Most)>();

    /// <summary>Conditions that the exporter wrote as code of Python. They are not run.</summary>
    public IReadOnlyList<string> Guards { get; init; } = [];
}

/// <summary>Nodes in order.</summary>
/// <param name="Inputs">The names of its inputs; null for one that is no tensor.</param>
/// <param name="Outputs">Its outputs, arguments as a node's.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Types">Types of tensors by name.</param>
public sealed record ArchiveGraph(IReadOnlyList<string?> Inputs, IReadOnlyList<object?> Outputs, IReadOnlyList<ArchiveNode> Nodes, IReadOnlyDictionary<string, ArchiveTensorType> Types);

/// <summary>A call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">What is called, as <c>torch.ops.aten.add.Tensor</c>.</param>
/// <param name="Arguments">What with.</param>
/// <param name="Results">The names of what it makes; null for one that nobody uses. Lists are written out.</param>
public sealed record ArchiveNode(string Name, string Target, IReadOnlyList<ArchiveArgument> Arguments, IReadOnlyList<string?> Results);

/// <summary>An argument of a call.</summary>
/// <param name="Name">The parameter's name; empty where it has none.</param>
/// <param name="Value">
/// null, long, double, bool, string, <see cref="ValueName"/>, <see cref="ArchiveType"/>, <see cref="ArchiveGraph"/>, <see cref="ForeignArgument"/>, or a list of these.
/// </param>
/// <param name="ByName">Whether it is given by its name, not by its place.</param>
public sealed record ArchiveArgument(string Name, object? Value, bool ByName);

/// <summary>The name of a value: of a tensor, a size, a number or a truth value.</summary>
public sealed record ValueName(string Name);

/// <summary>An argument that programs do not have: a device, a layout, an object.</summary>
/// <param name="Kind">What the archive calls it, as <c>as_device</c>.</param>
public sealed record ForeignArgument(string Kind);

/// <summary>A tensor's type.</summary>
/// <param name="Type">Its elements'.</param>
/// <param name="Sizes">Its sizes.</param>
public sealed record ArchiveTensorType(ArchiveType Type, IReadOnlyList<ArchiveSize> Sizes);

/// <summary>A size: a number, or an expression in symbols.</summary>
public readonly record struct ArchiveSize(long? Value, string Expression)
{
    private const string Start = "Symbol('";

    /// <summary>The symbol's name, where it is nothing but a symbol: <c>Symbol('s0', integer=True)</c>, or <c>s0</c>; else null.</summary>
    public string? Symbol
    {
        get
        {
            string text = Expression ?? "";
            bool isCall = text.StartsWith(Start, StringComparison.Ordinal) && text.IndexOf(')', StringComparison.Ordinal) == text.Length - 1;
            int end = isCall ? text.IndexOf('\'', Start.Length) : -1;
            string name = end > 0 ? text[Start.Length..end] : text;
            return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0]) ? name : null;
        }
    }
}

/// <summary>What an input of a graph is.</summary>
public enum ArchiveInputKind
{
    /// <summary>What training changes.</summary>
    Parameter,

    /// <summary>A state.</summary>
    Buffer,

    /// <summary>A constant of the code.</summary>
    Constant,

    /// <summary>An argument of the network.</summary>
    User,

    /// <summary>Something that programs do not have: an object, a token.</summary>
    Foreign,
}

/// <summary>What an input of a graph is.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Value">Its name in the graph; empty for an argument that is a constant.</param>
/// <param name="Name">Its name in PyTorch: a parameter's, a buffer's, a constant's.</param>
public sealed record ArchiveInputSpec(ArchiveInputKind Kind, string Value, string Name);

/// <summary>What an output of a graph is.</summary>
/// <param name="Value">The output, as an argument.</param>
/// <param name="Mutated">The name of the buffer, or of the input, whose next state it is; null for what the network returns.</param>
public sealed record ArchiveOutputSpec(object? Value, string? Mutated);
