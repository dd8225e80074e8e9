using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Costs;

/// <summary>Rows with every number: no totals, the columns add up to them.</summary>
internal static class CostRows
{
    private static readonly (Column Column, Func<CostRow, object?> Value)[] _columns =
    [
        (Column.Code("name"), r => r.Name),
        (Column.Count("nodes"), r => r.Nodes),
        (Column.Text("function"), r => r.Function),
        (Column.Text("output"), r => r.Output),
        (Column.Count("parameters"), r => r.Parameters),
        (Column.Count("forward_mac"), r => r.Macs.Dense),
        (Column.Count("forward_mac_effective"), r => r.Macs.Effective),
        (Column.Count("backward_mac"), r => r.Macs.Backward),
        (Column.Count("backward_mac_effective"), r => r.Macs.BackwardEffective),
        (Column.Count("forward_operations"), r => r.Forward.Total),
        (Column.Count("forward_additions"), r => r.Forward.Additions),
        (Column.Count("forward_multiplications"), r => r.Forward.Multiplications),
        (Column.Count("forward_comparisons"), r => r.Forward.Comparisons),
        (Column.Count("forward_nonlinear"), r => r.Forward.Nonlinear),
        (Column.Count("backward_operations"), r => r.Backward.Total),
        (Column.Count("backward_additions"), r => r.Backward.Additions),
        (Column.Count("backward_multiplications"), r => r.Backward.Multiplications),
        (Column.Count("backward_comparisons"), r => r.Backward.Comparisons),
        (Column.Count("backward_nonlinear"), r => r.Backward.Nonlinear),
        (Column.Count("forward_bytes"), r => r.Bytes.Forward),
        (Column.Count("backward_bytes"), r => r.Bytes.Backward),
        (Column.Count("saved_words"), r => r.SavedWords),
    ];

    private static readonly (Column Column, Func<CostRow, object?> Value)[] _times =
    [
        (Column.Digits("predicted_forward_ms"), r => r.Milliseconds?.PredictedForward),
        (Column.Digits("predicted_backward_ms"), r => r.Milliseconds?.PredictedBackward),
        (Column.Digits("measured_forward_ms"), r => r.Milliseconds?.Forward),
        (Column.Digits("measured_backward_ms"), r => r.Milliseconds?.Backward),
    ];

    public static Table Of(IReadOnlyList<CostRow> rows) => Table.Of(rows, rows.All(r => r.Milliseconds is null) ? _columns : [.. _columns, .. _times]);
}
