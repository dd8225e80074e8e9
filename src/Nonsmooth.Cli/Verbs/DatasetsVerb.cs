using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Data;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Lists the data sets.</summary>
internal sealed class DatasetsVerb() : Verb("datasets", "List the data sets", "nonsmooth datasets")
{
    protected override int Run(ParseResult parsed, Session session)
    {
        var rows = Datasets.All.Select(row => new Row(row.Name, row.Description, row.NeedsFiles)).ToArray();
        var document = new Document(new Listing(rows));
        foreach (var kind in rows.GroupBy(r => !r.NeedsFiles ? "Made here, without files" : r.Name.Any(char.IsUpper) ? "Your own" : "Published, from files"))
        {
            document.Section(kind.Key).Table(kind, (Column.Text("name"), r => r.Name), (Column.Text("what it is"), r => r.Description));
        }

        session.Print(document.Section("Where files are looked for").Say("Files are looked for in --data-dir, then NONSMOOTH_DATA, then ~/.cache/nonsmooth; each may hold a folder of the data set's name."));
        return ExitCode.Done;
    }

    private sealed record Row(string Name, string Description, bool NeedsFiles);

    private sealed record Listing(IReadOnlyList<Row> Datasets);
}
