using Nonsmooth.Cli.Options;
using System.CommandLine;
using Nonsmooth.Cli.Output;
using Nonsmooth.Optimizers;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Lists the optimizers and their settings.</summary>
internal sealed class OptimizersVerb() : Verb("optimizers", "List the optimizers and their settings", "nonsmooth optimizers")
{
    protected override int Run(ParseResult parsed, Session session)
    {
        var rows = OptimizerRegistry.All.Select(entry => new Row(entry.Name, entry.Description, entry.DefaultRate, [.. entry.Settings.Select(s => SettingRow.Of(s, entry.Defaults))])).ToArray();
        session.Print(new Listing(rows), (listing, page) =>
        {
            foreach (var row in listing.Optimizers)
            {
                page.Heading($"{row.Name}: {row.Description} (rate {Numbers.Digits(row.DefaultRate)})");
                page.Table(["--set key", "default", "what it is"], row.Settings.Select(s => (string[])[s.Key, s.Default ?? "none", s.Description]));
            }
        });
        return ExitCode.Done;
    }

    private sealed record Row(string Name, string Description, double DefaultRate, IReadOnlyList<SettingRow> Settings);

    private sealed record Listing(IReadOnlyList<Row> Optimizers);
}
