using Nonsmooth.Cli.Documents;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Cli.Runs;

/// <summary>Runs side by side, as a report.</summary>
internal static class RunDocument
{
    public static Document Of(RunSheet sheet)
    {
        var runs = sheet.Runs;
        var figures = RunFigures.Of(runs);
        var document = new Document(sheet, RunWords.Title(runs))
        {
            Tab = runs.Count == 1 ? runs[0].Name : $"{runs.Count} runs", Lead = new Lead(sheet.Verdict[0], figures), Rows = Runs(runs),
        };
        document.Section("", Where.Text).Verdict(sheet.Verdict).Add(new Figures(figures));
        if (sheet.Verdict.Count > 1)
        {
            document.Section("", Where.Html).Verdict(sheet.Verdict.Skip(1));
        }

        document.Section(runs.Count == 1 ? "The run" : "The runs").Add(Runs(runs)).Say(runs.SelectMany(run => run.Notes.Select(note => runs.Count == 1 ? note : $"{run.Name}: {note}")));
        foreach (var (name, charts) in RunCharts.Curves(runs))
        {
            document.Section(name, Where.Html).Add(charts);
        }

        if (runs.Any(run => run.Phases is not null))
        {
            document.Section("Where the time went").Add(RunCharts.Phases([.. runs.Where(run => run.Phases is { Total: > 0 })]), Phases(runs));
        }

        Kinks(document, runs);
        if (runs.Count > 1)
        {
            document.Section("Settings that differ");
            if (sheet.Differing.Count > 0)
            {
                document.Add(Settings(sheet.Differing, runs));
            }
            else
            {
                document.Say("None: the runs have the same settings.");
            }
        }

        document.Section("All settings", Where.Html, folded: true).Add(Settings([.. RunSheet.Rows(runs)], runs));
        return document.Section("How to get this page again").Add(new Code(sheet.Command));
    }

    private static Table Runs(IReadOnlyList<RunRecord> runs) => Table.Of(
        runs,
        (Column.Text("run"), r => r.Name),
        (Column.Text("state") with { Priority = 2 }, r => RunWords.State(r.State)),
        (Column.Text("network") with { Priority = -1 }, r => r.Network),
        (Column.Text("optimizer") with { Priority = 1 }, r => r.Optimizer),
        (Column.Scaled("parameters") with { Priority = -2 }, r => r.Parameters),
        (Column.Count("epochs"), r => r.History.Count),
        (Column.Count("steps") with { Priority = -1 }, r => r.StepsDone),
        (Column.Percent("test accuracy", 2) with { Priority = 3 }, r => r.TestAccuracy),
        (Column.Digits("test loss", 4) with { Priority = 2 }, r => r.TestLoss),
        (Column.Digits("training loss", 4) with { Priority = 1 }, r => r.TrainLoss),
        (Column.Time("time") with { Priority = 2 }, r => r.Seconds),
        (Column.Time("time a step"), r => r.SecondsPerStep));

    private static Table Phases(IReadOnlyList<RunRecord> runs) => Table.Of(
        runs.Where(run => run.Phases is { Total: > 0 }),
    [
        (Column.Text("run"), r => r.Name),
        (Column.Time("measured"), r => r.Phases!.Total),
        .. RunPhases.Named.Select(n => (n.Name, n.Seconds, Most: runs.Max(r => r.Phases is { Total: > 0 } p ? n.Seconds(p) / p.Total : 0))).Where(n => n.Most > 0)
            .Select(n => (Column.Percent(n.Name) with { Priority = (int)(100 * n.Most) - 100 }, (Func<RunRecord, object?>)(r => n.Seconds(r.Phases!) / r.Phases!.Total))),
    ]);

    private static void Kinks(Document document, IReadOnlyList<RunRecord> runs)
    {
        if (runs.All(run => run.Ties.Count == 0))
        {
            return;
        }

        document.Section("Kinks by layer").Say("A place is on a kink where its layer has no one derivative, as a ReLU at 0; backprop takes one of those there are.")
            .Add(RunCharts.Ties(runs)).Table(
                Sites(runs),
            [
                .. Named<RunSite>(runs, s => s.Run),
                (Column.Code("layer"), s => s.Of.Site),
                (Column.Scaled("places a step") with { Priority = -1 }, s => s.Of.Places),
                (Column.Percent("on a kink", 3) with { Priority = 2 }, s => s.Of.Tied),
                (Column.Percent("most at one step", 3), s => s.Of.MostTied),
                (Column.Percent("that the gradient reaches", 3) with { Priority = 1 }, s => s.Of.Active),
                (Column.Count("samples") with { Priority = -2 }, s => s.Of.Samples),
            ]);
        if (Sites(runs).Any(s => s.Of.Least is not null))
        {
            document.Section("Ranges of values by layer").Say("The least and the greatest number that went into each layer, over all samples.").Table(
                Sites(runs).Where(s => s.Of.Least is not null),
                [.. Named<RunSite>(runs, s => s.Run), (Column.Code("layer"), s => s.Of.Site), (Column.Digits("least", 4), s => s.Of.Least), (Column.Digits("greatest", 4), s => s.Of.Most)]);
        }
    }

    private static IEnumerable<(string Run, RunSite Of)> Sites(IReadOnlyList<RunRecord> runs) => runs.SelectMany(run => run.Sites.Select(site => (run.Name, site)));

    // One run needs no column that says which.
    private static IEnumerable<(Column, Func<(string Run, T Of), object?>)> Named<T>(IReadOnlyList<RunRecord> runs, Func<(string Run, T Of), object?> name) =>
        runs.Count > 1 ? [(Column.Text("run"), name)] : [];

    private static Table Settings(IReadOnlyList<RunSetting> rows, IReadOnlyList<RunRecord> runs) => Table.Of(
        rows,
        [(Column.Code("setting"), r => r.Key), .. runs.Select((run, i) => ((Column, Func<RunSetting, object?>))(Column.Text(run.Name), r => r.Values[i]))]);
}
