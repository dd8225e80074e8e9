using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Audits;

/// <summary>An audit as a person reads it in a terminal.</summary>
internal static class AuditPage
{
    public static void Show(AuditSheet sheet, Page page)
    {
        page.Heading(AuditWords.Title(sheet));
        foreach (string line in sheet.Verdict)
        {
            page.Say("• " + line);
        }

        if (sheet.Zones.Count > 0)
        {
            page.Heading("What each choice does, format by format");
            page.Say(AuditWords.What(sheet));
            page.Table(AuditTables.ZoneHeadings, AuditTables.Zones(sheet));
            page.Say(AuditWords.Zones(sheet));
        }

        if (sheet.Layers.Count > 0)
        {
            page.Heading("Which nodes");
            page.Table(AuditTables.LayerHeadings, AuditTables.Layers(sheet));
            page.Say(AuditWords.Layers);
        }

        if (sheet.Training.Count > 0)
        {
            page.Heading("Training with one choice and with the other, from the same seeds");
            page.Table(AuditTables.TrainingHeadings, AuditTables.Training(sheet));
        }

        if (sheet.Ties.Count > 0)
        {
            page.Heading("The ties that weigh most, at the first draw");
            page.Table(AuditTables.TieHeadings, AuditTables.Ties(sheet));
        }

        if (sheet.Origins.Count > 0)
        {
            page.Heading("Ties of the program, and ties that rounding made");
            page.Table(AuditTables.OriginHeadings, AuditTables.Origins(sheet.Origins.Where(o => o.Node == "total")));
            page.Say(AuditWords.Origins);
        }

        page.Say($"Again: {sheet.Rerun}");
    }
}
