using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cost;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Lists the networks.</summary>
internal sealed class NetworksVerb() : Verb("networks", "List the networks", "nonsmooth networks")
{
    protected override int Run(ParseResult parsed, Session session)
    {
        var rows = Models.All.Select(row =>
        {
            var network = Models.Find(row.Name);
            var programs = network.Build(network.UsualBatch);
            return new Row(
                row.Name,
                row.Description,
                network.Examples.ToString(),
                network.Classes,
                programs.Parameters.Sum(p => p.Shape.Count64),
                CostAnalysis.Analyze(programs.Objective).Forward.MultiplyAdds.Dense);
        }).ToArray();
        var document = new Document(new Listing(rows));
        foreach (var family in rows.GroupBy(Family))
        {
            document.Section(family.Key).Table(
                family,
                (Column.Text("name"), r => r.Name),
                (Column.Text("input") with { Priority = -1 }, r => r.Input),
                (Column.Count("classes") with { Missing = "", Priority = -2 }, r => r.Classes),
                (Column.Count("parameters"), r => r.Parameters),
                (Column.Scaled("MAC"), r => r.Macs),
                (Column.Text("what it is") with { Priority = 1 }, r => r.Description));
        }

        session.Print(document);
        return ExitCode.Done;
    }

    // The letters that a name begins with say which architecture it is.
    private static string Family(Row row) => string.Concat(row.Name.TakeWhile(char.IsAsciiLetterLower));

    private sealed record Row(string Name, string Description, string Input, int? Classes, long Parameters, long Macs);

    private sealed record Listing(IReadOnlyList<Row> Networks);
}
