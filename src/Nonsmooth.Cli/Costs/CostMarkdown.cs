using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Costs;

/// <summary>The report for an issue, a pull request or a document.</summary>
internal static class CostMarkdown
{
    public static void Write(CostSheet sheet, TextWriter output)
    {
        output.WriteLine($"### {CostWords.Title(sheet)}");
        output.WriteLine();
        output.WriteLine(CostWords.Conventions);
        output.WriteLine();
        output.WriteLine(CostWords.Coverage(sheet));
        output.WriteLine();
        Table(
            output,
            ["module", "output", "parameters>", "forward MAC>", "backward MAC>", "operations>", "share>", "saved words>"],
            sheet.Modules.Where(r => !r.IsFree).Select(r => Row(r, sheet.Counted.Training.Total)).Append(Total(sheet)));
        output.WriteLine(CostWords.Macs(sheet));
        output.WriteLine();
        output.WriteLine(CostWords.Memory(sheet));
        output.WriteLine();
        var columns = CostColumn.Of(sheet);
        Table(
            output,
            ["program", .. columns.Select(c => c.Name + ">")],
            [
                ["value", .. columns.Select(c => c.Value)],
                ["value and gradient, backprop", .. columns.Select(c => c.Gradient)],
                ["ratio", .. columns.Select(c => c.Ratio)],
                ["value and gradient, forprop", .. columns.Select(c => c.Forprop)],
            ]);
        output.WriteLine(CostWords.Bound(sheet));
        foreach (string line in CostWords.Extras(sheet))
        {
            output.WriteLine();
            output.WriteLine(line);
        }

        if (sheet.Jacobian is { } advice)
        {
            output.WriteLine();
            output.WriteLine($"#### {JacobianTable.Heading(advice)}");
            output.WriteLine();
            Table(output, [.. JacobianTable.Headings.Select((h, i) => i is 2 or 3 ? h + ">" : h)], JacobianTable.Rows(advice));
            output.WriteLine(JacobianTable.Reason(sheet, advice));
        }
    }

    private static string[] Row(CostRow row, long all) =>
    [
        $"`{row.Name}`",
        row.Output,
        Numbers.Whole(row.Parameters),
        Numbers.Whole(row.Macs.Dense),
        Numbers.Whole(row.Macs.Backward),
        Numbers.Whole(row.Total),
        Numbers.Percent((double)row.Total / all),
        Numbers.Whole(row.SavedWords),
    ];

    private static string[] Total(CostSheet sheet) =>
    [
        "**total**",
        "",
        Numbers.Whole(sheet.Parameters),
        Numbers.Whole(sheet.Macs.Dense),
        Numbers.Whole(sheet.Macs.Backward),
        Numbers.Whole(sheet.Counted.Training.Total),
        Numbers.Percent(1),
        Numbers.Whole(sheet.SavedWords),
    ];

    private static void Table(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line(headings.Select(h => h.TrimEnd('>')));
        Line(headings.Select(h => h.EndsWith('>') ? "---:" : "---"));
        foreach (var row in rows)
        {
            Line(row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)));
        }

        output.WriteLine();

        void Line(IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");
    }
}
