using System.Text;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Cli.Documents;

/// <summary>A report as one file for a browser.</summary>
internal sealed class HtmlWriter
{
    // Columns beyond which a table is set small, and on paper across.
    private const int _small = 8, _vast = 16;

    private readonly StringBuilder _html = new();
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);

    private HtmlWriter(Document document)
    {
        foreach (var section in document.In(Where.Html))
        {
            var (begin, end) = section.Heading.Length == 0 ? ("", "")
                : section.Folded ? ($"<details><summary>{Page.Text(section.Heading)}</summary>\n", "</details>\n")
                : ($"<section>\n<h2>{Page.Text(section.Heading)}</h2>\n", "</section>\n");
            _html.Append(begin);
            section.Blocks.ForEach(block => _html.Append(Of(block, section.Heading.Length > 0 ? section.Heading : document.Title)));
            _html.Append(end);
        }
    }

    /// <summary>The whole file.</summary>
    /// <param name="document">The report.</param>
    /// <param name="provenance">Where it comes from, for the end of the page; nothing is said there without it.</param>
    public static string Of(Document document, Provenance? provenance = null) => new Page(document.Title, new HtmlWriter(document)._html.ToString())
    {
        Tab = document.Tab,
        Lead = document.Lead,
        Provenance = provenance?.Rows ?? [],
    }.Html();

    private string Of(Block block, string heading) => block switch
    {
        Sentence sentence => $"<p>{Page.Text(sentence.Text)}</p>\n",
        Verdict verdict => $"<ul class=\"verdict\">\n{string.Concat(verdict.Sentences.Select(s => $"<li>{Page.Text(s)}</li>\n"))}</ul>\n",
        Figures figures => Lead.Of(figures.Values),
        Code code => $"<pre>{Page.Text(code.Text)}</pre>\n",
        Table table => Of(table, Label(heading)),
        Chart chart => chart.Html(),
        _ => throw new NotSupportedException($"a block of type {block.GetType().Name}"),
    };

    // Regions of a page are told apart by their names.
    private string Label(string heading)
    {
        int count = _labels[heading] = _labels.GetValueOrDefault(heading) + 1;
        return count == 1 ? $"Table: {heading}" : $"Table {count}: {heading}";
    }

    private static string Of(Table table, string label)
    {
        var html = new StringBuilder($"<table{(table.Columns.Count > _vast ? " class=\"small vast\"" : table.Columns.Count > _small ? " class=\"small\"" : "")} aria-label=\"{Page.Text(label)}\">\n<thead>");
        Line(table.Columns.Select(c => c.Heading), _ => ("th", " scope=\"col\""));
        html.Append("</thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            Line(row.Select((value, i) => table.Columns[i].Cell(value, exact: true)), i => i == 0 && !table.Columns[0].IsNumber ? ("th", " scope=\"row\"") : ("td", ""));
        }

        return Page.Wide(label, html.Append("</tbody>\n</table>").ToString());

        void Line(IEnumerable<string> cells, Func<int, (string Tag, string Scope)> of) => html.Append("<tr>")
            .AppendJoin("", cells.Select((cell, i) => $"<{of(i).Tag}{of(i).Scope}{(table.Columns[i].IsNumber ? " class=\"number\"" : "")}>{Page.Text(cell)}</{of(i).Tag}>"))
            .Append("</tr>\n");
    }
}
