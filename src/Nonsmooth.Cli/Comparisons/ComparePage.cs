using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Comparisons;

/// <summary>A comparison as a person reads it in a terminal.</summary>
internal static class ComparePage
{
    public static void Show(CompareSheet sheet, Page page)
    {
        page.Heading(CompareWords.Title(sheet));
        foreach (string line in sheet.Verdict)
        {
            page.Say("• " + line);
        }

        var report = sheet.Report;
        if (report.Contenders.Any(c => c.Runs.Count > 0))
        {
            page.Heading("At the end of the schedule");
            page.Table(CompareTables.EndHeadings, CompareTables.Ends(report));
            page.Heading("On the way there");
            page.Table(CompareTables.CostHeadings, CompareTables.Costs(report));
            foreach (string line in CompareWords.Columns(report))
            {
                page.Say(line);
            }
        }

        page.Heading("Rates that were tried");
        page.Table(CompareTables.TrialHeadings, CompareTables.Trials(report));
        page.Heading("What was done");
        foreach (string line in CompareWords.Plan(report.Plan))
        {
            page.Say(line);
        }

        page.Say($"Again: {sheet.Rerun}");
    }
}
