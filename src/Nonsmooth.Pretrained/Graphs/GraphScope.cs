using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>A tensor that is known while importing.</summary>
internal sealed record Known(Tensor Value);

/// <summary>What a node without a program was to make.</summary>
internal sealed record Lost
{
    public static Lost Instance { get; } = new();
}

/// <summary>The values of one graph by name, and which of them share memory in PyTorch.</summary>
internal sealed class GraphScope(ArchiveGraph graph, int depth)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _roots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _stale = new(StringComparer.Ordinal);

    /// <summary>The graph.</summary>
    public ArchiveGraph Graph => graph;

    /// <summary>In how many graphs it lies.</summary>
    public int Depth => depth;

    /// <summary>Gives a name its value.</summary>
    public void Set(string name, object? value) => _values[name] = value;

    /// <summary>The value of a name.</summary>
    /// <exception cref="ArchiveException">Nothing makes it before, or it was overwritten by way of a view.</exception>
    public object? Get(string name)
    {
        if (_stale.TryGetValue(name, out string? writer))
        {
            throw new ArchiveException($"it reads '{Shown(name)}', which shares memory with what '{Shown(writer)}' overwrote: export.run_decompositions() writes such graphs without sharing");
        }

        return _values.TryGetValue(name, out object? value) ? value : throw new ArchiveException($"it reads '{Shown(name)}', which nothing before it makes: the graph is damaged");
    }

    /// <summary>Says that a value is a view of another.</summary>
    public void Share(string view, string of) => _roots[view] = Root(of);

    /// <summary>Says that a value was overwritten: what shares its memory is no longer what it was.</summary>
    public void Overwrite(string name, string? result, object? value)
    {
        string root = Root(name);
        foreach (string other in _roots.Where(r => r.Value == root).Select(r => r.Key).Append(root))
        {
            if (other != name)
            {
                _stale[other] = result ?? name;
            }
        }

        _values[name] = value;
        if (result is not null)
        {
            _values[result] = value;
            _roots[result] = root;
        }
    }

    /// <summary>A name from a file, for a message.</summary>
    public static string Shown(string name) => new([.. name.Take(100).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);

    private string Root(string name) => _roots.GetValueOrDefault(name, name);
}
