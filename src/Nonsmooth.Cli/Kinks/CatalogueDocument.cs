using Nonsmooth.Cli.Documents;
using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Cli.Kinks;

/// <summary>The catalogue as a report.</summary>
internal static class CatalogueDocument
{
    /// <summary>A catalogue alone.</summary>
    public static Document Of(CatalogueSheet sheet) => AddTo(new Document(sheet), sheet);

    /// <summary>Every row, by family; remarks apart, since they are sentences.</summary>
    public static Document AddTo(Document document, CatalogueSheet sheet)
    {
        // The rule is libtorch's own: without it there is nothing to judge.
        bool rule = sheet.Profiles.Any(static p => p.Name == Profile.LibTorch.Name);
        foreach (var group in sheet.Rows.GroupBy(r => r.Group))
        {
            document.Section(group.Key)
                .Table(group, [.. Columns(sheet.Profiles.Select(p => p.Name)), .. rule ? Rule : []])
                .Say(Remarks(group));
        }

        return document.Say(sheet.Profiles.Select(profile => $"{profile.Name}: {profile.StandsFor}; {profile.Origin}."))
            .Say(rule ? $"{KinkText.Legend} {KinkText.OwnRule}" : KinkText.Legend);
    }

    /// <summary>Rows of two profiles.</summary>
    public static Document Of(KinkDiff diff)
    {
        var document = new Document(diff, $"{diff.Rows.Count} of {diff.Compared} points differ between {diff.First} and {diff.Second}");
        return diff.Rows.Count == 0 ? document : document
            .Table(diff.Rows, [.. Columns([diff.First, diff.Second]).Where(c => c.Column.Heading != "value")])
            .Say(Remarks(diff.Rows));
    }

    private static (Column Column, Func<CatalogueRow, object?> Value)[] Rule => [(Column.Right("own rule"), r => KinkText.Rule(r.ObeysItsRule))];

    private static IEnumerable<(Column Column, Func<CatalogueRow, object?> Value)> Columns(IEnumerable<string> profiles) =>
    [
        (Column.Text("function"), r => r.Expression),
        (Column.Text("point"), r => KinkText.Point(r.Point)),
        (Column.Text("value"), r => r.Value.Count == 0 ? "–" : KinkText.Vector(r.Value)),
        .. profiles.Select((name, i) => (Column.Right(name), (Func<CatalogueRow, object?>)(r => KinkText.Of(r.Gradients[i])))),
    ];

    private static IEnumerable<string> Remarks(IEnumerable<CatalogueRow> rows) =>
        rows.Where(r => r.Remark is not null).Select(row => $"{row.Expression} at {KinkText.Point(row.Point)}: {row.Remark}.");
}
