using System.CommandLine;
using Nonsmooth.Cli.Output;
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
            var programs = network.Build(1);
            return new Row(
                row.Name,
                row.Description,
                network.Examples.ToString(),
                network.Classes,
                programs.Parameters.Sum(p => p.Shape.Count64),
                CostAnalysis.Analyze(programs.Objective).Forward.MultiplyAdds.Dense);
        }).ToArray();
        session.Print(new Listing(rows), (listing, page) => page.Table(
            ["name", "input", ">classes", ">parameters", ">MAC", "what it is"],
            listing.Networks.Select(row => (string[])[row.Name, row.Input, row.Classes is { } classes ? Numbers.Whole(classes) : "", Numbers.Whole(row.Parameters), Numbers.Scaled(row.Macs), row.Description])));
        return ExitCode.Done;
    }

    private sealed record Row(string Name, string Description, string Input, int? Classes, long Parameters, long Macs);

    private sealed record Listing(IReadOnlyList<Row> Networks);
}
