using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Shows the catalogue.</summary>
internal static class CataloguePage
{
    /// <summary>Every row, by family; remarks apart, since they are sentences.</summary>
    public static void Show(CatalogueSheet sheet, Page page)
    {
        foreach (var group in sheet.Rows.GroupBy(r => r.Group))
        {
            page.Heading(group.Key);
            page.Table(
                ["function", "point", "value", .. sheet.Profiles.Select(p => ">" + p.Name), ">own rule"],
                group.Select(r => (string[])
                    [r.Expression, KinkText.Point(r.Point), r.Value.Count == 0 ? "–" : KinkText.Vector(r.Value), .. r.Gradients.Select(KinkText.Of), KinkText.Rule(r.ObeysItsRule)]));
            Remarks(group, page);
        }

        foreach (var profile in sheet.Profiles)
        {
            page.Say($"{profile.Name}: {profile.StandsFor}; {profile.Origin}.");
        }

        page.Say(KinkText.Legend);
    }

    /// <summary>The remarks of some rows.</summary>
    public static void Remarks(IEnumerable<CatalogueRow> rows, Page page)
    {
        foreach (var row in rows.Where(r => r.Remark is not null))
        {
            page.Say($"{row.Expression} at {KinkText.Point(row.Point)}: {row.Remark}.");
        }
    }
}
