using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Runs;

/// <summary>The curves of runs.</summary>
internal static class RunCharts
{
    private const int Places = 400;
    private const int Dots = 60;
    private const int Layers = 8;

    /// <summary>Loss and accuracy of some runs, each with its name, by steps and by seconds.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<Chart> Charts)> Curves(IReadOnlyList<RunRecord> runs)
    {
        yield return Both("Training loss", "training loss", runs, Training);
        yield return Both("Test loss", "test loss", runs, (run, isTimed) => Epochs(run, isTimed, e => e.TestLoss));
        if (runs.Any(run => run.TestAccuracy is not null))
        {
            yield return Both("Test accuracy", "test accuracy, %", runs, (run, isTimed) => Epochs(run, isTimed, e => 100 * e.TestAccuracy), isLinear: true);
        }
    }

    /// <summary>The tied part by step: of one run layer by layer, of several over all layers.</summary>
    public static LineChart Ties(IReadOnlyList<RunRecord> runs) => Of(
        "Places on a kink by step",
        "steps",
        "places on a kink, %",
        runs is [var run]
            ? run.Sites.OrderByDescending(s => s.MostTied).Take(Layers).Select(s => (s.Site, run.Ties.Where(t => t.Site == s.Site).Select(t => ((double)t.Step, 100 * t.Part))))
            : runs.Where(r => r.Ties.Count > 0).Select(r => (r.Name, r.Ties.GroupBy(t => t.Step).Select(g => ((double)g.Key, 100.0 * g.Sum(t => t.Ties) / Math.Max(1, g.Sum(t => t.Places))))))) with { IsLinear = true, FromZero = true };

    /// <summary>Where the time of some runs went, all of which measured it.</summary>
    public static Chart Phases(IReadOnlyList<RunRecord> runs)
    {
        (string Name, Func<RunPhases, double> Seconds, string Class)[] kinds =
            [.. RunPhases.Named.Select((n, i) => (n.Name, n.Seconds, $"c{i}")).Where(n => runs.Any(run => n.Seconds(run.Phases!) > 0))];
        return new BarChart("Where the time went", [.. kinds.Select(n => (n.Class, n.Name))], [.. runs.Select(run => run.Name)],
        [
            new("time", [.. runs.Select(run => new BarChart.Bar(
                [.. kinds.Select(n => (1000 * n.Seconds(run.Phases!), n.Class))],
                Numbers.Seconds(run.Phases!.Total),
                $"{run.Name}: {string.Join(", ", kinds.Select(n => $"{n.Name} {Numbers.Seconds(n.Seconds(run.Phases!))}"))}"))]) { Measure = Documents.Measure.Milliseconds },
        ]);
    }

    private static IEnumerable<(double X, double Y)> Training(RunRecord run, bool isTimed) => run.Curve.Count > 0
        ? run.Curve.Select(s => (isTimed ? s.Seconds : s.Step, s.Loss))
        : run.History.Select(e => (isTimed ? e.Seconds : e.Step, e.TrainLoss));

    private static IEnumerable<(double X, double Y)> Epochs(RunRecord run, bool isTimed, Func<EpochReport, double> value) =>
        run.History.Select(e => (isTimed ? e.Seconds : e.Step, value(e)));

    private static (string, IReadOnlyList<Chart>) Both(
        string name, string y, IReadOnlyList<RunRecord> runs, Func<RunRecord, bool, IEnumerable<(double X, double Y)>> line, bool isLinear = false) => (name,
    [
        .. new[] { (X: "steps", IsTimed: false), (X: "seconds", IsTimed: true) }
            .Select(axis => Of($"{name} by {axis.X}", axis.X, y, runs.Select(run => (run.Name, line(run, axis.IsTimed)))) with { IsLinear = isLinear }),
    ]);

    private static LineChart Of(string description, string x, string y, IEnumerable<(string Name, IEnumerable<(double X, double Y)> Points)> lines)
    {
        LineChart.Line[] drawn = [.. lines.Select(line => new LineChart.Line(line.Name, [.. Thinned([.. line.Points]).Select(p => new LineChart.Point(p.X, p.Y, p.Y, p.Y))]))];
        return new(description, x, y, drawn) { HasDots = drawn.All(line => line.Points.Count <= Dots) };
    }

    // A line of thousands of places is as long as the page is wide; the mean of neighbours stays.
    private static IEnumerable<(double X, double Y)> Thinned(IReadOnlyList<(double X, double Y)> points)
    {
        int some = ((points.Count - 1) / Places) + 1;
        return some == 1 ? points : points.Chunk(some).Select(chunk => (chunk.Average(p => p.X), chunk.Average(p => p.Y)));
    }
}
