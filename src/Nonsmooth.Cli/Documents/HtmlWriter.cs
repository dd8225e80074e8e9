using System.Net;
using System.Text;

namespace Nonsmooth.Cli.Documents;

/// <summary>A report as one file for a browser.</summary>
internal static class HtmlWriter
{
    private const int _small = 8;

    /// <summary>The whole file.</summary>
    public static string Of(Document document)
    {
        var html = new StringBuilder($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(document.Tab)}</title>
            <style>
            {HtmlStyle.Css}
            </style>
            </head>
            <body>
            <main>
            <h1>{Text(document.Title)}</h1>

            """);
        foreach (var section in document.In(Where.Html))
        {
            string body = string.Concat(section.Blocks.Select(Of));
            html.Append(
                section.Heading.Length == 0 ? body
                : section.Folded ? $"<details><summary>{Text(section.Heading)}</summary>\n{body}</details>\n"
                : $"<section>\n<h2>{Text(section.Heading)}</h2>\n{body}</section>\n");
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Of(Block block) => block switch
    {
        Sentence sentence => $"<p>{Text(sentence.Text)}</p>\n",
        Verdict verdict => $"<ul class=\"verdict\">\n{string.Concat(verdict.Sentences.Select(s => $"<li>{Text(s)}</li>\n"))}</ul>\n",
        Figures figures => $"<div class=\"tiles\">\n{string.Concat(figures.Values.Select(f => $"<div><b>{Text(f.Value)}</b><span>{Text(f.Name)}</span></div>\n"))}</div>\n",
        Code code => $"<pre>{Text(code.Text)}</pre>\n",
        Table table => Of(table),
        Chart chart => chart.Html(),
        _ => throw new NotSupportedException($"a block of type {block.GetType().Name}"),
    };

    private static string Of(Table table)
    {
        var html = new StringBuilder($"<div class=\"wide\"><table{(table.Columns.Count > _small ? " class=\"small\"" : "")}>\n");
        Line(table.Columns.Select(c => c.Heading), "th");
        foreach (var row in table.Rows)
        {
            Line(row.Select((value, i) => table.Columns[i].Cell(value, exact: true)), "td");
        }

        return html.Append("</table></div>\n").ToString();

        void Line(IEnumerable<string> cells, string tag) => html.Append("<tr>")
            .AppendJoin("", cells.Select((cell, i) => $"<{tag}{(table.Columns[i].IsNumber ? " class=\"number\"" : "")}>{Text(cell)}</{tag}>"))
            .Append("</tr>\n");
    }

    /// <summary>Text as HTML; a unit stays on the line of its number.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text)
        .Replace(" %", "&nbsp;%", StringComparison.Ordinal).Replace(" MiB", "&nbsp;MiB", StringComparison.Ordinal);
}
