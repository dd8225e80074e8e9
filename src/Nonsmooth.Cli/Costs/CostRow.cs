using Nonsmooth.Cost;

namespace Nonsmooth.Cli.Costs;

/// <summary>One row of a report: a node, or some nodes together.</summary>
/// <param name="Name">The node's name, or what the names have in common.</param>
/// <param name="Nodes">How many nodes.</param>
/// <param name="Function">The function, or that of the node with the most work.</param>
/// <param name="Output">The shape of the last result.</param>
/// <param name="Parameters">Parameters first used here.</param>
/// <param name="Macs">Multiply-adds.</param>
/// <param name="Forward">Operations of the value.</param>
/// <param name="Backward">Operations of the backward sweep.</param>
/// <param name="Bytes">Bytes read and written.</param>
/// <param name="SavedWords">Words kept for backward.</param>
/// <param name="Milliseconds">Times, if there are any.</param>
internal sealed record CostRow(
    string Name,
    int Nodes,
    string Function,
    string Output,
    long Parameters,
    Macs Macs,
    Operations Forward,
    Operations Backward,
    MovedBytes Bytes,
    long SavedWords,
    Milliseconds? Milliseconds)
{
    /// <summary>Operations both ways.</summary>
    public long Total => Forward.Total + Backward.Total;

    /// <summary>Whether it costs nothing at all, as a view.</summary>
    public bool IsFree => Total == 0 && Bytes is { Forward: 0, Backward: 0 } && SavedWords == 0 && Parameters == 0;

    /// <summary>A row a node.</summary>
    public static IReadOnlyList<CostRow> Of(CostReport report, IReadOnlyDictionary<string, long> parameters, CostTimings? timings) =>
        [.. report.Nodes.Select(node => new CostRow(
            node.Name,
            1,
            node.Function,
            node.Result.Shape.ToString(),
            parameters.GetValueOrDefault(node.Name),
            new Macs(
                node.Forward.MultiplyAdds.Dense,
                node.Forward.MultiplyAdds.Effective,
                node.Backward.MultiplyAdds.Dense,
                node.Backward.MultiplyAdds.Effective),
            Operations.Of(node.Forward.Operations),
            Operations.Of(node.Backward.Operations),
            new MovedBytes(node.Forward.Bytes, node.Backward.Bytes),
            node.SavedWords,
            timings?.Of(node.Name)))];

    /// <summary>Rows put together, in their order.</summary>
    public static CostRow Sum(string name, IReadOnlyList<CostRow> rows) => new(
        name,
        rows.Sum(r => r.Nodes),
        rows.MaxBy(r => r.Total)!.Function,
        rows[^1].Output,
        rows.Sum(r => r.Parameters),
        rows.Select(r => r.Macs).Aggregate((a, b) => a + b),
        rows.Select(r => r.Forward).Aggregate((a, b) => a + b),
        rows.Select(r => r.Backward).Aggregate((a, b) => a + b),
        rows.Select(r => r.Bytes).Aggregate((a, b) => a + b),
        rows.Sum(r => r.SavedWords),
        rows.Select(r => r.Milliseconds).Aggregate((a, b) => a is null ? b : b is null ? a : a + b));
}
