using System.Globalization;
using System.Net;
using System.Text;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Costs;

/// <summary>The report as one file for a browser: words first, pictures, then every number.</summary>
internal static class CostHtml
{
    public static string Of(CostSheet sheet)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Cost of {Text(sheet.Network)}</title>
            <style>
            {CostStyle.Css}
            </style>
            </head>
            <body>
            <main>
            <h1>{Text(CostWords.Title(sheet))}</h1>

            """);
        html.Append("<ul class=\"verdict\">\n");
        foreach (string line in CostWords.Verdict(sheet))
        {
            html.Append(CultureInfo.InvariantCulture, $"<li>{Text(line)}</li>\n");
        }

        html.Append("</ul>\n");
        Tiles(html, sheet);
        Section(html, CostColumn.Heading(CostColumn.Of(sheet)), Columns(sheet), [CostWords.Bound(sheet), .. CostWords.Extras(sheet)]);
        if (sheet.Jacobian is { } advice)
        {
            Section(html, JacobianTable.Heading(advice), Modes(advice), JacobianTable.Reason(sheet, advice));
        }

        var modules = sheet.Modules.Where(r => !r.IsFree).ToArray();
        Section(html, "Where it goes, module by module", CostFigure.Legend + CostFigure.Of("Cost by module", modules, sheet.Milliseconds is not null), CostFigure.Note(sheet));
        Section(
            html,
            "Where it goes, by kind of operation",
            CostFigure.Legend + CostFigure.Of("Cost by kind of operation", CostWords.Kinds(sheet), sheet.Milliseconds is not null),
            CostWords.Dearest(sheet));
        Section(html, "Totals", "", CostWords.Macs(sheet), CostWords.Memory(sheet));
        Section(html, "Conventions", "", CostWords.Conventions, CostWords.Coverage(sheet));
        html.Append(CultureInfo.InvariantCulture, $"<details><summary>All {sheet.Modules.Count} modules and {sheet.Nodes.Count} nodes as numbers</summary>\n");
        Rows(html, "Modules", sheet.Modules);
        Rows(html, "Nodes", sheet.Nodes);
        return html.Append("</details>\n</main>\n</body>\n</html>\n").ToString();
    }

    private static void Tiles(StringBuilder html, CostSheet sheet)
    {
        (string Name, string Value)[] tiles =
        [
            ("parameters", Numbers.Scaled(sheet.Parameters)),
            ("forward MAC", Numbers.Scaled(sheet.Macs.Dense)),
            ("backward MAC", Numbers.Scaled(sheet.Macs.Backward)),
            ("(forward + backward) / forward", sheet.Ratio is { } ratio ? Numbers.Short(ratio, 3) : "–"),
            ("proved bound ω_b", Numbers.Short(sheet.Unit.OmegaB, 2)),
            ("kept for backward", Numbers.Bytes(4.0 * sheet.SavedWords)),
        ];
        html.Append("<div class=\"tiles\">\n");
        foreach (var (name, value) in tiles)
        {
            html.Append(CultureInfo.InvariantCulture, $"<div><b>{Text(value)}</b><span>{Text(name)}</span></div>\n");
        }

        html.Append("</div>\n");
    }

    private static void Section(StringBuilder html, string heading, string body, params IEnumerable<string> notes)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Text(heading)}</h2>\n{body}");
        html.AppendJoin("", notes.Select(note => $"<p>{Text(note)}</p>\n")).Append("</section>\n");
    }

    private static string Columns(CostSheet sheet)
    {
        var columns = CostColumn.Of(sheet);
        return Table(
            "program",
            columns.Select(c => c.Name),
            ("value", columns.Select(c => c.Value)),
            ("value and gradient, backprop", columns.Select(c => c.Gradient)),
            ("ratio", columns.Select(c => c.Ratio)),
            ("value and gradient, forprop", columns.Select(c => c.Forprop)));
    }

    private static string Modes(JacobianAdvice advice) => Table(
        JacobianTable.Headings[0], JacobianTable.Headings.Skip(1), [.. JacobianTable.Rows(advice).Select(row => (row[0], row.Skip(1)))]);

    private static string Table(string corner, IEnumerable<string> headings, params IEnumerable<(string Name, IEnumerable<string> Cells)> rows)
    {
        var html = new StringBuilder($"<div class=\"wide\"><table>\n<tr><th>{corner}</th>");
        Line(headings, "th");
        foreach (var (name, cells) in rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(name)}</td>");
            Line(cells, "td");
        }

        return html.Append("</table></div>\n").ToString();

        void Line(IEnumerable<string> cells, string tag) =>
            html.AppendJoin("", cells.Select(cell => $"<{tag} class=\"number\">{Text(cell)}</{tag}>")).Append("</tr>\n");
    }

    private static void Rows(StringBuilder html, string heading, IReadOnlyList<CostRow> rows)
    {
        string[] headings = ["output", "parameters", "forward MAC", "effective", "backward MAC", "forward operations", "backward operations", "forward bytes", "backward bytes", "saved words"];
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"wide\"><table class=\"small\">\n<tr><th>{heading}</th>");
        html.AppendJoin("", headings.Select(h => $"<th class=\"number\">{h}</th>")).Append("</tr>\n");
        foreach (var row in rows)
        {
            long[] cells =
            [
                row.Parameters, row.Macs.Dense, row.Macs.Effective, row.Macs.Backward,
                row.Forward.Total, row.Backward.Total, row.Bytes.Forward, row.Bytes.Backward, row.SavedWords,
            ];
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(row.Name)}</td><td class=\"number\">{Text(row.Output)}</td>");
            html.AppendJoin("", cells.Select(cell => $"<td class=\"number\">{Numbers.Whole(cell)}</td>")).Append("</tr>\n");
        }

        html.Append("</table></div>\n");
    }

    // A unit stays on the line of its number.
    private static string Text(string text) => WebUtility.HtmlEncode(text)
        .Replace(" %", "&nbsp;%", StringComparison.Ordinal).Replace(" MiB", "&nbsp;MiB", StringComparison.Ordinal);
}
