namespace Nonsmooth.Cli.Documents;

/// <summary>A report for an issue, a pull request or a document.</summary>
internal static class MarkdownWriter
{
    /// <summary>The whole report.</summary>
    public static string Of(Document document)
    {
        IEnumerable<string> blocks = document.In(Where.Markdown).SelectMany(section =>
            section.Blocks.SelectMany(Lines).Prepend(section.Heading.Length > 0 ? $"#### {section.Heading}" : ""));
        return string.Join("\n\n", blocks.Prepend(document.Title.Length > 0 ? $"### {document.Title}" : "").Where(b => b.Length > 0)) + "\n";
    }

    private static IEnumerable<string> Lines(Block block) => block switch
    {
        Sentence sentence => [sentence.Text],
        Verdict verdict => [string.Join('\n', verdict.Sentences.Select(s => $"- {s}"))],
        Figures figures => [string.Join('\n', figures.Values.Select(f => $"- {f.Name}: {f.Value}"))],
        Code code => [$"```\n{code.Text}\n```"],
        Table table => [Of(table)],
        _ => [],
    };

    private static string Of(Table table) => string.Join('\n', table.Rows
        .Select(row => row.Select((value, i) => Cell(table.Columns[i], value)))
        .Prepend(table.Columns.Select(c => c.IsNumber ? "---:" : "---"))
        .Prepend(table.Columns.Select(c => c.Heading))
        .Select(cells => $"| {string.Join(" | ", cells)} |"));

    private static string Cell(Column column, object? value)
    {
        string text = column.Cell(value, exact: true).Replace("|", "\\|", StringComparison.Ordinal);
        return column.IsCode && text.Length > 0 ? $"`{text}`" : text;
    }
}
