using System.Globalization;

namespace Nonsmooth.Cli.Documents;

/// <summary>Tables for a spreadsheet: numbers with all their digits, no totals.</summary>
internal static class CsvWriter
{
    /// <summary>The headings, then a line a row.</summary>
    public static string Of(Table table) =>
        string.Concat(table.Rows.Select(r => r.Select(Value)).Prepend(table.Columns.Select(c => Field(c.Heading))).Select(line => string.Join(',', line) + "\n"));

    /// <summary>A field as it is written: in quotes where it has a comma, a quote or a line's end.</summary>
    public static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Value(object? value) => Field(value is double[] ends
        ? string.Create(CultureInfo.InvariantCulture, $"{ends[0]:R} to {ends[1]:R}")
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
