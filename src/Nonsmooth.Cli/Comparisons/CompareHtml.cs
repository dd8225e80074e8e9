using Nonsmooth.Cli.Output;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Comparisons;

/// <summary>A comparison as one file for a browser.</summary>
internal static class CompareHtml
{
    public static string Of(CompareSheet sheet)
    {
        var report = sheet.Report;
        var html = new HtmlDocument($"Optimizers on {sheet.Network}", CompareWords.Title(sheet));
        html.Verdict(sheet.Verdict);
        html.Section("What was done", "", CompareWords.Plan(report.Plan));
        if (report.Contenders.Any(c => c.Runs.Count > 0))
        {
            html.Section("At the end of the schedule", HtmlDocument.Table(CompareTables.EndHeadings, CompareTables.Ends(report)));
            html.Section("On the way there", HtmlDocument.Table(CompareTables.CostHeadings, CompareTables.Costs(report)), CompareWords.Columns(report));
            html.Section("Held-out loss by steps", Curves(report, "steps", p => p.Step), "Means over seeds that stayed finite, with 95 % intervals where there are 6 seeds or more, each point by itself.");
            html.Section("Held-out loss by seconds", Curves(report, "seconds of training", p => p.Seconds), "The same against the mean time of training, evaluations left out.");
        }

        html.Section(
            "Held-out loss at the end of each trial",
            LineFigure.Draw("Held-out loss by long-run step", "η, the long-run step per unit of scaled gradient", "held-out loss", [.. report.Contenders.Select(Tuning)], logarithmic: true, dots: true)
                + HtmlDocument.Table(CompareTables.TrialHeadings, CompareTables.Trials(report), small: true),
            "One seed a trial, which is not among those reported. A trial that diverged has no dot.");
        html.Section("How to get these numbers again", $"<pre>{HtmlDocument.Text(sheet.Rerun)}</pre>\n", "The losses are the same with the same number of threads; times are the machine's.");
        return html.ToString();
    }

    private static LineFigure.Line Tuning(ContenderReport contender) => new(
        contender.Label, [.. contender.Trials.Where(t => double.IsFinite(t.Loss) && t.Loss > 0).OrderBy(t => t.Eta).Select(t => new LineFigure.Point(t.Eta, t.Loss, t.Loss, t.Loss))]);

    private static string Curves(ComparisonReport report, string name, Func<CurvePoint, double> x) => LineFigure.Draw(
        $"Held-out loss by {name}", name, "held-out loss", [.. report.Contenders.Select(c => new LineFigure.Line(c.Label, [.. Mean(c, x)]))]);

    /// <summary>The mean curve over runs that stayed finite, which were all evaluated at the same steps.</summary>
    private static IEnumerable<LineFigure.Point> Mean(ContenderReport contender, Func<CurvePoint, double> x)
    {
        var curves = contender.Runs.Where(r => r.IsFinite).Select(r => r.Curve).ToList();
        for (int i = 0; i < curves.Select(c => c.Count).DefaultIfEmpty(0).Min(); i++)
        {
            var loss = MeanDifference.Of([.. curves.Select(c => c[i].Loss)]);
            if (double.IsFinite(loss.Mean) && loss.Mean > 0)
            {
                var (low, high) = loss.HasInterval ? (loss.Low, loss.High) : (loss.Mean, loss.Mean);
                yield return new LineFigure.Point(curves.Average(c => x(c[i])), loss.Mean, low, high);
            }
        }
    }
}
