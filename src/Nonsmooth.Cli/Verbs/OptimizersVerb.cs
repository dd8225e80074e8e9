using Nonsmooth.Cli.Options;
using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Optimizers;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Lists the optimizers and their settings.</summary>
internal sealed class OptimizersVerb() : Verb("optimizers", "List the optimizers and their settings", "nonsmooth optimizers")
{
    protected override int Run(ParseResult parsed, Session session)
    {
        var rows = OptimizerRegistry.All.Select(entry => new Row(entry.Name, entry.Description, entry.DefaultRate, [.. entry.Settings.Select(s => SettingRow.Of(s, entry.Defaults))])).ToArray();
        var document = new Document(new Listing(rows));
        foreach (var row in rows)
        {
            document.Section($"{row.Name}: {row.Description} (rate {Numbers.Digits(row.DefaultRate)})").Table(
                row.Settings, (Column.Text("--set key"), s => s.Key), (Column.Text("default"), s => s.Default ?? "none"), (Column.Text("what it is") with { Priority = 1 }, s => s.Description));
        }

        session.Print(document);
        return ExitCode.Done;
    }

    private sealed record Row(string Name, string Description, double DefaultRate, IReadOnlyList<SettingRow> Settings);

    private sealed record Listing(IReadOnlyList<Row> Optimizers);
}
