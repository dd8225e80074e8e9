using System.Globalization;
using System.Net;
using System.Text;

namespace Nonsmooth.Cli.Output;

/// <summary>A report as one file for a browser, built from the top: words first, pictures, then every number.</summary>
internal sealed class HtmlDocument
{
    private readonly StringBuilder _html = new();

    /// <summary>Begins the document.</summary>
    /// <param name="title">What the browser's tab says.</param>
    /// <param name="heading">The heading.</param>
    public HtmlDocument(string title, string heading) => _html.Append(CultureInfo.InvariantCulture, $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title>
        <style>
        {HtmlStyle.Css}
        </style>
        </head>
        <body>
        <main>
        <h1>{Text(heading)}</h1>

        """);

    /// <summary>The answer, a sentence a line.</summary>
    public void Verdict(IEnumerable<string> lines)
    {
        _html.Append("<ul class=\"verdict\">\n");
        foreach (string line in lines)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<li>{Text(line)}</li>\n");
        }

        _html.Append("</ul>\n");
    }

    /// <summary>A few numbers that matter.</summary>
    public void Tiles(params IEnumerable<(string Name, string Value)> tiles)
    {
        _html.Append("<div class=\"tiles\">\n");
        foreach (var (name, value) in tiles)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<div><b>{Text(value)}</b><span>{Text(name)}</span></div>\n");
        }

        _html.Append("</div>\n");
    }

    /// <summary>A part with a heading, a body of HTML and sentences under it.</summary>
    public void Section(string heading, string body, params IEnumerable<string> notes)
    {
        _html.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Text(heading)}</h2>\n{body}");
        _html.AppendJoin("", notes.Select(note => $"<p>{Text(note)}</p>\n")).Append("</section>\n");
    }

    /// <summary>A part that is folded away until it is asked for.</summary>
    public void Details(string summary, string body) =>
        _html.Append(CultureInfo.InvariantCulture, $"<details><summary>{Text(summary)}</summary>\n{body}</details>\n");

    /// <summary>The whole document.</summary>
    public override string ToString() => $"{_html}</main>\n</body>\n</html>\n";

    /// <summary>A table; columns whose heading begins with <c>&gt;</c> are set right.</summary>
    public static string Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, bool small = false)
    {
        bool[] right = [.. headings.Select(h => h.StartsWith('>'))];
        var html = new StringBuilder($"<div class=\"wide\"><table{(small ? " class=\"small\"" : "")}>\n<tr>");
        Line(headings.Select((h, i) => right[i] ? h[1..] : h), "th");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            Line(row, "td");
        }

        return html.Append("</table></div>\n").ToString();

        void Line(IEnumerable<string> cells, string tag) => html
            .AppendJoin("", cells.Select((cell, i) => $"<{tag}{(right[i] ? " class=\"number\"" : "")}>{Text(cell)}</{tag}>"))
            .Append("</tr>\n");
    }

    /// <summary>Text as HTML; a unit stays on the line of its number.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text)
        .Replace(" %", "&nbsp;%", StringComparison.Ordinal).Replace(" MiB", "&nbsp;MiB", StringComparison.Ordinal);
}
