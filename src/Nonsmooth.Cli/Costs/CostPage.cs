using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Costs;

/// <summary>The report as a person reads it in a terminal.</summary>
internal static class CostPage
{
    private const int _bar = 12;

    public static void Show(CostSheet sheet, Page page)
    {
        page.Say(CostWords.Title(sheet) + ".");
        page.Say(CostWords.Conventions);
        page.Say(CostWords.Coverage(sheet));
        page.Table(
            ["module", "output", ">parameters", ">forward MAC", ">backward MAC", "operations", ">share", ">saved", .. Times(sheet).Select(t => t.Heading)],
            sheet.Modules.Where(r => !r.IsFree).Select(row => Row(sheet, row)).Append(Total(sheet)));
        page.Say(CostWords.Macs(sheet));
        page.Say(CostWords.Memory(sheet));

        var columns = CostColumn.Of(sheet);
        page.Heading(CostColumn.Heading(columns));
        page.Table(
            ["program", .. columns.Select(c => ">" + c.Name)],
            [
                ["value", .. columns.Select(c => c.Value)],
                ["value and gradient, backprop", .. columns.Select(c => c.Gradient)],
                ["ratio", .. columns.Select(c => c.Ratio)],
                ["value and gradient, forprop", .. columns.Select(c => c.Forprop)],
            ]);
        page.Say(CostWords.Bound(sheet));
        foreach (string line in CostWords.Extras(sheet))
        {
            page.Say(line);
        }

        if (sheet.Jacobian is { } advice)
        {
            page.Heading(JacobianTable.Heading(advice));
            page.Table([.. JacobianTable.Headings.Select((h, i) => i is 2 or 3 ? ">" + h : h)], JacobianTable.Rows(advice));
            page.Say(JacobianTable.Reason(sheet, advice));
        }
    }

    private static string[] Row(CostSheet sheet, CostRow row)
    {
        double share = (double)row.Total / sheet.Counted.Training.Total;
        double length = (double)row.Total / sheet.Modules.Max(r => r.Total);
        return
        [
            row.Name,
            row.Output,
            row.Parameters == 0 ? "" : Numbers.Whole(row.Parameters),
            row.Macs.Dense == 0 ? "" : Numbers.Scaled(row.Macs.Dense),
            row.Macs.Backward == 0 ? "" : Numbers.Scaled(row.Macs.Backward),
            Numbers.Bar(length, _bar),
            Numbers.Percent(share),
            row.SavedWords == 0 ? "" : Numbers.Bytes(4.0 * row.SavedWords),
            .. Times(sheet).Select(t => Time(t.Of(row.Milliseconds))),
        ];
    }

    private static string[] Total(CostSheet sheet) =>
    [
        "total",
        "",
        Numbers.Whole(sheet.Parameters),
        Numbers.Scaled(sheet.Macs.Dense),
        Numbers.Scaled(sheet.Macs.Backward),
        "",
        Numbers.Percent(1),
        Numbers.Bytes(4.0 * sheet.SavedWords),
        .. Times(sheet).Select(t => Time(t.Of(sheet.Milliseconds))),
    ];

    private static IEnumerable<(string Heading, Func<Milliseconds?, double?> Of)> Times(CostSheet sheet)
    {
        if (sheet.Milliseconds?.PredictedForward is not null)
        {
            yield return (">predicted", ms => ms?.PredictedForward + ms?.PredictedBackward);
        }

        if (sheet.Milliseconds?.Forward is not null)
        {
            yield return (">measured", ms => ms?.Forward + ms?.Backward);
        }
    }

    private static string Time(double? milliseconds) => milliseconds is { } ms && ms > 0 ? Numbers.Seconds(ms / 1e3) : "";
}
