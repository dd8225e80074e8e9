using System.Globalization;

namespace Nonsmooth.Cli.Costs;

/// <summary>The rows for a spreadsheet: no totals, the columns add up to them.</summary>
internal static class CostCsv
{
    private static readonly (string Heading, Func<CostRow, object?> Value)[] _columns =
    [
        ("name", r => r.Name),
        ("nodes", r => r.Nodes),
        ("function", r => r.Function),
        ("output", r => r.Output),
        ("parameters", r => r.Parameters),
        ("forward_mac", r => r.Macs.Dense),
        ("forward_mac_effective", r => r.Macs.Effective),
        ("backward_mac", r => r.Macs.Backward),
        ("backward_mac_effective", r => r.Macs.BackwardEffective),
        ("forward_operations", r => r.Forward.Total),
        ("forward_additions", r => r.Forward.Additions),
        ("forward_multiplications", r => r.Forward.Multiplications),
        ("forward_comparisons", r => r.Forward.Comparisons),
        ("forward_nonlinear", r => r.Forward.Nonlinear),
        ("backward_operations", r => r.Backward.Total),
        ("backward_additions", r => r.Backward.Additions),
        ("backward_multiplications", r => r.Backward.Multiplications),
        ("backward_comparisons", r => r.Backward.Comparisons),
        ("backward_nonlinear", r => r.Backward.Nonlinear),
        ("forward_bytes", r => r.Bytes.Forward),
        ("backward_bytes", r => r.Bytes.Backward),
        ("saved_words", r => r.SavedWords),
    ];

    private static readonly (string Heading, Func<CostRow, object?> Value)[] _times =
    [
        ("predicted_forward_ms", r => r.Milliseconds?.PredictedForward),
        ("predicted_backward_ms", r => r.Milliseconds?.PredictedBackward),
        ("measured_forward_ms", r => r.Milliseconds?.Forward),
        ("measured_backward_ms", r => r.Milliseconds?.Backward),
    ];

    /// <summary>Writes the nodes, or the modules where a depth was asked for.</summary>
    public static void Write(CostSheet sheet, bool modules, TextWriter output)
    {
        var columns = sheet.Milliseconds is null ? _columns : [.. _columns, .. _times];
        output.WriteLine(string.Join(',', columns.Select(c => c.Heading)));
        foreach (var row in modules ? sheet.Modules : sheet.Nodes)
        {
            output.WriteLine(string.Join(',', columns.Select(c => Cell(c.Value(row)))));
        }
    }

    private static string Cell(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
