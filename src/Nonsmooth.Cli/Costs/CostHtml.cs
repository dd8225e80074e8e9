using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Costs;

/// <summary>The report as one file for a browser: words first, pictures, then every number.</summary>
internal static class CostHtml
{
    public static string Of(CostSheet sheet)
    {
        var html = new HtmlDocument($"Cost of {sheet.Network}", CostWords.Title(sheet));
        html.Verdict(CostWords.Verdict(sheet));
        html.Tiles(
            ("parameters", Numbers.Scaled(sheet.Parameters)),
            ("forward MAC", Numbers.Scaled(sheet.Macs.Dense)),
            ("backward MAC", Numbers.Scaled(sheet.Macs.Backward)),
            ("(forward + backward) / forward", sheet.Ratio is { } ratio ? Numbers.Short(ratio, 3) : "–"),
            ("proved bound ω_b", Numbers.Short(sheet.Unit.OmegaB, 2)),
            ("kept for backward", Numbers.Bytes(4.0 * sheet.SavedWords)));
        html.Section(CostColumn.Heading(CostColumn.Of(sheet)), Columns(sheet), [CostWords.Bound(sheet), .. CostWords.Extras(sheet)]);
        if (sheet.Jacobian is { } advice)
        {
            html.Section(JacobianTable.Heading(advice), Modes(advice), JacobianTable.Reason(sheet, advice));
        }

        var modules = sheet.Modules.Where(r => !r.IsFree).ToArray();
        html.Section("Where it goes, module by module", CostFigure.Legend + CostFigure.Of("Cost by module", modules, sheet.Milliseconds is not null), CostFigure.Note(sheet));
        html.Section(
            "Where it goes, by kind of operation",
            CostFigure.Legend + CostFigure.Of("Cost by kind of operation", CostWords.Kinds(sheet), sheet.Milliseconds is not null),
            CostWords.Dearest(sheet));
        html.Section("Totals", "", CostWords.Macs(sheet), CostWords.Memory(sheet));
        html.Section("Conventions", "", CostWords.Conventions, CostWords.Coverage(sheet));
        html.Details(
            $"All {sheet.Modules.Count} modules and {sheet.Nodes.Count} nodes as numbers",
            Rows("Modules", sheet.Modules) + Rows("Nodes", sheet.Nodes));
        return html.ToString();
    }

    private static string Columns(CostSheet sheet)
    {
        var columns = CostColumn.Of(sheet);
        return HtmlDocument.Table(
            ["program", .. columns.Select(c => ">" + c.Name)],
            [
                ["value", .. columns.Select(c => c.Value)],
                ["value and gradient, backprop", .. columns.Select(c => c.Gradient)],
                ["ratio", .. columns.Select(c => c.Ratio)],
                ["value and gradient, forprop", .. columns.Select(c => c.Forprop)],
            ]);
    }

    private static string Modes(JacobianAdvice advice) => HtmlDocument.Table(
        [JacobianTable.Headings[0], .. JacobianTable.Headings.Skip(1).Select(h => ">" + h.TrimStart('>'))], JacobianTable.Rows(advice));

    private static string Rows(string heading, IReadOnlyList<CostRow> rows) => HtmlDocument.Table(
        [heading, ">output", ">parameters", ">forward MAC", ">effective", ">backward MAC", ">forward operations", ">backward operations", ">forward bytes", ">backward bytes", ">saved words"],
        rows.Select(row => (string[])
        [
            row.Name, row.Output, Numbers.Whole(row.Parameters), Numbers.Whole(row.Macs.Dense), Numbers.Whole(row.Macs.Effective), Numbers.Whole(row.Macs.Backward),
            Numbers.Whole(row.Forward.Total), Numbers.Whole(row.Backward.Total), Numbers.Whole(row.Bytes.Forward), Numbers.Whole(row.Bytes.Backward), Numbers.Whole(row.SavedWords),
        ]),
        small: true);
}
