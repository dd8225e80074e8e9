using Nonsmooth.Cli.Documents;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Comparisons;

/// <summary>A comparison as a report.</summary>
internal static class CompareDocument
{
    public static Document Of(CompareSheet sheet)
    {
        var report = sheet.Report;
        var document = new Document(sheet, CompareWords.Title(sheet)) { Tab = $"Optimizers on {sheet.Network}", Lead = CompareLead.Of(sheet) }.Verdict(sheet.Verdict);
        document.Section("What was done", Where.Html).Say(CompareWords.Plan(report.Plan));
        if (report.Contenders.Any(c => c.Runs.Count > 0))
        {
            document.Section("At the end of the schedule").Add(Ends(report));
            document.Section("On the way there").Add(Costs(report)).Say(CompareWords.Columns(report));
            document.Section("Held-out loss by steps", Where.Html).Add(Curves(report, "steps", p => p.Step))
                .Say("Means over seeds that stayed finite, with 95 % intervals where there are 6 seeds or more, each point by itself.");
            document.Section("Held-out loss by seconds", Where.Html).Add(Curves(report, "seconds of training", p => p.Seconds))
                .Say("The same against the mean time of training, evaluations left out.");
        }

        document.Section("Rates that were tried").Add(Tuning(report), Trials(report)).Say(
            "One seed a trial, which is not among those reported. A trial that diverged has no dot in the picture.");
        document.Section("What was done", Where.Text).Say(CompareWords.Plan(report.Plan));
        return document.Section("How to get these numbers again").Add(new Code(sheet.Rerun)).Say(
            "The losses are the same with the same number of threads; times are the machine's.");
    }

    private static Table Ends(ComparisonReport report) => Table.Of(
        report.Contenders,
    [
        (Column.Text("optimizer"), c => c.Label),
        (Column.Digits("η"), c => c.Chosen?.Eta),
        (Column.Digits("rate"), c => c.Chosen?.Rate),
        (Column.Right("test loss"), c => CompareWords.Interval(c.TestLoss)),
        .. OfAccuracy(report, (Column.Right("accuracy, %"), c => CompareWords.Interval(c.TestAccuracy, 100))),
        (Column.Right("Δ loss"), c => c.LossDifference is { } loss ? CompareWords.Signed(loss) : null),
        .. OfAccuracy(report, (Column.Right("Δ accuracy, points"), c => c.AccuracyDifference is { } accuracy ? CompareWords.Signed(accuracy, 100) : null)),
        (Column.Text("verdict"), c => Word(c.Verdict)),
        (Column.Right("diverged"), c => c.Diverged == 0 ? null : $"{c.Diverged} of {c.Runs.Count}"),
    ]);

    /// <summary>A column of a model that measures accuracy; of another nothing.</summary>
    private static IEnumerable<(Column Column, Func<ContenderReport, object?> Value)> OfAccuracy(
        ComparisonReport report, (Column Column, Func<ContenderReport, object?> Value) column) =>
        report.Contenders.SelectMany(c => c.Runs).Any(r => r.IsFinite && double.IsNaN(r.TestAccuracy)) ? [] : [column];

    private static Table Costs(ComparisonReport report) => Table.Of(
        report.Contenders.Where(c => c.Runs.Count > 0),
        (Column.Text("optimizer"), c => c.Label),
        (Column.Right("reached"), c => $"{c.Reached} of {c.Runs.Count}"),
        (Column.Count("steps to target"), c => c.StepsToTarget),
        (Column.Time("seconds to target"), c => c.SecondsToTarget),
        (Column.Time("time a step"), c => Finite(c.SecondsPerStep)),
        (Column.Short("state bytes a parameter", 2), c => Finite(c.StateBytesPerParameter)));

    private static Table Trials(ComparisonReport report) => Table.Of(
        report.Contenders.SelectMany(c => c.Trials.OrderBy(t => t.Eta).Select(t => (Contender: c, Trial: t))),
        (Column.Text("optimizer"), r => r.Contender.Label),
        (Column.Digits("η"), r => r.Trial.Eta),
        (Column.Digits("rate"), r => r.Trial.Rate),
        (Column.Digits("held-out loss", 4), r => Finite(r.Trial.Loss) ?? (object)"diverged"),
        (Column.Text("chosen"), r => r.Trial != r.Contender.Chosen ? null : r.Contender.AtEdge ? "at the edge" : "chosen"));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static LineChart Tuning(ComparisonReport report) => new(
        "Held-out loss by long-run step",
        "η, the long-run step per unit of scaled gradient",
        "held-out loss",
        [.. report.Contenders.Select(c => new LineChart.Line(
            c.Label, [.. c.Trials.Where(t => double.IsFinite(t.Loss) && t.Loss > 0).OrderBy(t => t.Eta).Select(t => new LineChart.Point(t.Eta, t.Loss, t.Loss, t.Loss))]))])
        {
            IsLogarithmic = true,
            HasDots = true,
        };

    private static LineChart Curves(ComparisonReport report, string name, Func<CurvePoint, double> x) => new(
        $"Held-out loss by {name}", name, "held-out loss", [.. report.Contenders.Select(c => new LineChart.Line(c.Label, [.. Mean(c, x)]))]);

    /// <summary>The mean curve over runs that stayed finite, which were all evaluated at the same steps.</summary>
    private static IEnumerable<LineChart.Point> Mean(ContenderReport contender, Func<CurvePoint, double> x)
    {
        var curves = contender.Runs.Where(r => r.IsFinite).Select(r => r.Curve).ToList();
        for (int i = 0; i < curves.Select(c => c.Count).DefaultIfEmpty(0).Min(); i++)
        {
            var loss = MeanDifference.Of([.. curves.Select(c => c[i].Loss)]);
            if (double.IsFinite(loss.Mean) && loss.Mean > 0)
            {
                var (low, high) = loss.HasInterval ? (loss.Low, loss.High) : (loss.Mean, loss.Mean);
                yield return new LineChart.Point(curves.Average(c => x(c[i])), loss.Mean, low, high);
            }
        }
    }

    private static string Word(ContenderVerdict verdict) => verdict switch
    {
        ContenderVerdict.Reference => "reference",
        ContenderVerdict.Lower => "lower",
        ContenderVerdict.Higher => "higher",
        ContenderVerdict.WithinNoise => "within noise",
        _ => "cannot tell",
    };
}
