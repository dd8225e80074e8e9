using Nonsmooth.Cli.Output;
using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Shows the catalogue.</summary>
internal static class CataloguePage
{
    /// <summary>Every row, by family; remarks apart, since they are sentences.</summary>
    public static void Show(CatalogueSheet sheet, Page page)
    {
        // The rule is libtorch's own: without it there is nothing to judge.
        bool rule = sheet.Profiles.Any(static p => p.Name == Profile.LibTorch.Name);
        foreach (var group in sheet.Rows.GroupBy(r => r.Group))
        {
            page.Heading(group.Key);
            page.Table(
                ["function", "point", "value", .. sheet.Profiles.Select(p => ">" + p.Name), .. rule ? [">own rule"] : Array.Empty<string>()],
                group.Select(r => (string[])
                    [r.Expression, KinkText.Point(r.Point), r.Value.Count == 0 ? "–" : KinkText.Vector(r.Value), .. r.Gradients.Select(KinkText.Of), .. rule ? [KinkText.Rule(r.ObeysItsRule)] : Array.Empty<string>()]));
            Remarks(group, page);
        }

        foreach (var profile in sheet.Profiles)
        {
            page.Say($"{profile.Name}: {profile.StandsFor}; {profile.Origin}.");
        }

        page.Say(rule ? $"{KinkText.Legend} {KinkText.OwnRule}" : KinkText.Legend);
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
