using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Runs;

/// <summary>The curves of runs.</summary>
internal static class RunCharts
{
    private const int Places = 400;
    private const int Layers = 8;

    /// <summary>Loss and accuracy of some runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="isTimed">Whether by seconds, and not by steps.</param>
    public static IEnumerable<Chart> Curves(IReadOnlyList<RunRecord> runs, bool isTimed)
    {
        string x = isTimed ? "seconds" : "steps";
        yield return Of($"Training loss by {x}", x, "training loss", runs.Select(run => (run.Name, Training(run, isTimed))));
        yield return Of($"Test loss by {x}", x, "test loss", runs.Select(run => (run.Name, Epochs(run, isTimed, Measure.Loss))));
        if (runs.Any(run => run.TestAccuracy is not null))
        {
            yield return Of($"Test accuracy by {x}", x, "test accuracy, %", runs.Select(run => (run.Name, Epochs(run, isTimed, Measure.Accuracy).Select(p => (p.X, 100 * p.Y)))));
        }
    }

    /// <summary>The tied part by step: of one run layer by layer, of several over all layers.</summary>
    public static Chart Ties(IReadOnlyList<RunRecord> runs) => Of(
        "Places on a kink by step",
        "steps",
        "places on a kink, %",
        runs is [var run]
            ? run.Sites.OrderByDescending(s => s.MostTied).Take(Layers).Select(s => (s.Site, run.Ties.Where(t => t.Site == s.Site).Select(t => ((double)t.Step, 100 * t.Part))))
            : runs.Where(r => r.Ties.Count > 0).Select(r => (r.Name, r.Ties.GroupBy(t => t.Step).Select(g => ((double)g.Key, 100.0 * g.Sum(t => t.Ties) / Math.Max(1, g.Sum(t => t.Places)))))));

    private static IEnumerable<(double X, double Y)> Training(RunRecord run, bool isTimed) => run.Curve.Count > 0
        ? run.Curve.Select(s => (isTimed ? s.Seconds : s.Step, s.Loss))
        : run.History.Select(e => (isTimed ? e.Seconds : e.Step, e.TrainLoss));

    private static IEnumerable<(double X, double Y)> Epochs(RunRecord run, bool isTimed, Measure measure) =>
        run.History.Select(e => (isTimed ? e.Seconds : e.Step, measure == Measure.Loss ? e.TestLoss : e.TestAccuracy));

    private static LineChart Of(string description, string x, string y, IEnumerable<(string Name, IEnumerable<(double X, double Y)> Points)> lines) => new(
        description, x, y, [.. lines.Select(line => new LineChart.Line(line.Name, [.. Thinned([.. line.Points.Where(p => double.IsFinite(p.Y) && p.Y > 0)]).Select(p => new LineChart.Point(p.X, p.Y, p.Y, p.Y))]))])
        {
            HasDots = true,
        };

    // A line of thousands of places is as long as the page is wide; the mean of neighbours stays.
    private static IEnumerable<(double X, double Y)> Thinned(IReadOnlyList<(double X, double Y)> points)
    {
        int some = ((points.Count - 1) / Places) + 1;
        return points.Chunk(some).Select(chunk => (chunk.Average(p => p.X), chunk.Average(p => p.Y)));
    }
}
