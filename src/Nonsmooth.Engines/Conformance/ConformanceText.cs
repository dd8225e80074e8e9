using System.Globalization;
using System.Text;
using Nonsmooth.Engines.Deviations;

namespace Nonsmooth.Engines.Conformance;

/// <summary>Comparisons as tables in Markdown.</summary>
public static class ConformanceText
{
    /// <summary>One row a recording: spellings, cells, equal, differences by cause.</summary>
    public static string Table(IEnumerable<ConformanceRow> rows)
    {
        var text = new StringBuilder(
            "| recording | preset | answered | expressed | cells f64 | cells f32 | equal | our choice | no selection | engine wrong or NaN | another function | rounding | unnamed |\n");
        text.Append("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Recording} | {row.Preset} | {row.Answered} | {row.Expressed} | {row.Cells64} | {row.Cells32} | {row.Equal} | ")
                .AppendJoin(" | ", Enum.GetValues<DeviationCause>().Select(c => row.Named[c]))
                .Append(CultureInfo.InvariantCulture, $" | {row.Unnamed.Count} |\n");
        }

        return text.ToString();
    }

    /// <summary>The named deviations of one cause, a line each: where, in which spellings, what.</summary>
    public static string Names(DeviationCause cause)
    {
        var text = new StringBuilder("| recordings | spellings | what |\n|---|---|---|\n");
        foreach (var row in DeviationTable.All.Where(d => d.Cause == cause))
        {
            string at = string.Join(", ", new[]
            {
                row.Kinds.Count > 0 ? string.Join(" and ", row.Kinds.Select(k => k.ToString().ToLowerInvariant())) : null,
                row.Format,
                row.Points.Count > 0 ? $"at {string.Join("; ", row.Points)}" : null,
            }.OfType<string>());
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(", ", row.Recordings)} | {string.Join(", ", row.Spellings)}{(at.Length > 0 ? $" ({at})" : "")} | {row.What.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }
}
