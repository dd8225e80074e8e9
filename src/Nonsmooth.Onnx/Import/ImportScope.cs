using Nonsmooth.Onnx.Files;

namespace Nonsmooth.Onnx.Import;

/// <summary>Names that are seen in a graph: its own, and those of the graph around it.</summary>
internal sealed class ImportScope
{
    private readonly Dictionary<string, ImportValue?> _values = new(StringComparer.Ordinal);
    private readonly ImportScope? _outer;

    /// <summary>Names of a model or of a function.</summary>
    public ImportScope(IReadOnlyList<OnnxOpset> opsets, IReadOnlyDictionary<string, OnnxAttribute> attributes, int depth) =>
        (Opsets, Attributes, Depth) = (opsets, attributes, depth);

    /// <summary>Names of a graph inside of another.</summary>
    public ImportScope(ImportScope outer)
        : this(outer.Opsets, outer.Attributes, outer.Depth + 1) => _outer = outer;

    /// <summary>The nodes of the graph by what they make, where there is something to recognise; else empty.</summary>
    public IReadOnlyDictionary<string, OnnxNode> Makers { get; set; } = new Dictionary<string, OnnxNode>();

    /// <summary>The node that makes a value in this graph, if it is of an operator of ONNX.</summary>
    public OnnxNode? Made(string name, string op) => Makers.TryGetValue(name, out var node) && node.Op == op && node.Domain.Length == 0 ? node : null;

    /// <summary>Which versions of operators its nodes mean.</summary>
    public IReadOnlyList<OnnxOpset> Opsets { get; }

    /// <summary>In a function: what its attributes are.</summary>
    public IReadOnlyDictionary<string, OnnxAttribute> Attributes { get; }

    /// <summary>How many functions and graphs it is inside of.</summary>
    public int Depth { get; }

    /// <summary>Gives a name its value; null for one that a refused node was to make.</summary>
    public void Set(string name, ImportValue? value) => _values[name] = value;

    /// <summary>Looks a name up.</summary>
    public bool TryGet(string name, out ImportValue? value)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._values.TryGetValue(name, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>The version of a domain's operators, 0 for a domain that is not listed.</summary>
    public long Version(string domain) => Opsets.Where(o => o.Domain == domain).Select(o => o.Version).LastOrDefault();
}
