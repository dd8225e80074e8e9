namespace Nonsmooth.Pretrained.Graphs;

/// <summary>Operators that are more than functions of tensors: a row each.</summary>
internal static class GraphOperators
{
    private static readonly Dictionary<string, Func<GraphCall, IReadOnlyList<object?>>> _rows = Numbers.Rows.Concat(Steering.Rows).Concat(States.Rows).Concat(Randomness.Rows).ToDictionary(r => r.Name, r => r.Rule, StringComparer.Ordinal);

    private static readonly HashSet<string> _asides = ["device", "layout", "pin_memory", "memory_format", "non_blocking", "generator"];

    private static readonly HashSet<string> _views =
    [
        "view", "reshape", "transpose", "t", "permute", "expand", "expand_as", "view_as", "squeeze", "unsqueeze", "slice", "select", "split", "split_with_sizes", "chunk", "unbind", "narrow", "alias",
        "diagonal", "flatten", "unflatten", "detach", "movedim", "swapaxes", "unfold", "as_strided", "contiguous", "to", "dropout", "tensor_split", "hsplit", "vsplit", "mT", "T", "real",
    ];

    /// <summary>The row of an operator; null for one that is a function of tensors, or unknown.</summary>
    public static Func<GraphCall, IReadOnlyList<object?>>? Find(NodeTarget target) => _rows.GetValueOrDefault(target.Name) ?? (target.IsAten ? _rows.GetValueOrDefault($"aten.{target.Base}") : null);

    /// <summary>Whether a parameter says where numbers lie, not what they are.</summary>
    public static bool IsAside(string parameter) => _asides.Contains(parameter);

    /// <summary>Whether the result of an operator may share memory with its first argument.</summary>
    public static bool IsView(string name) => _views.Contains(name);
}
