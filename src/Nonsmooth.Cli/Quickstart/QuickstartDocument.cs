using System.Globalization;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Quickstart;

/// <summary>Tells a newcomer what the quickstart found: a table and one sentence of verdict a block.</summary>
internal static class QuickstartDocument
{
    public static Document Of(QuickstartReport report)
    {
        var document = new Document(report).Say(
            $"{report.Network} learned to read {report.Data} (28×28 digits drawn by a seeded generator) twice, with two optimizers, from the same start and in the same order of batches of {report.Batch}.");
        Cost(report.Cost, document.Section("What does a gradient cost?"));
        Kinks(report.Kinks, document.Section("Does training meet points without a derivative?"));
        Accuracy(report, document.Section("Did it learn?"));
        return document;
    }

    private static void Cost(GradientCost cost, Document document) => document
        .Table<(string What, double Ratio)>(
            [
                ("proved: at most, whatever the number of parameters and kinks", cost.Bound),
                ("predicted: unit model, the textbook algorithm", cost.Unit),
                ("counted: operations of the program that runs", cost.Counted),
                ($"measured: {Numbers.Seconds(cost.GradientSeconds)} against {Numbers.Seconds(cost.ForwardSeconds)}", cost.Measured),
            ],
            (Column.Text("loss and gradient, in costs of the loss alone"), row => row.What),
            (Column.Number("ratio", Ratio), row => row.Ratio))
        .Say(cost.Measured <= cost.Bound
            ? $"Verdict: the gradient took {Ratio(cost.Measured)} times the loss, within the proved {Ratio(cost.Bound)}."
            : $"Verdict: the gradient took {Ratio(cost.Measured)} times the loss, more than the proved {Ratio(cost.Bound)}: the theorem counts operations, and the clock sees memory and other programs too.");

    private static void Kinks(IReadOnlyList<KinkSummary> kinks, Document document) => document
        .Table(
            kinks,
            [
                (Column.Text("arithmetic"), k => k.Precision),
                (Column.Right("ReLU inputs at 0"), k => Part(k.ReluAtKink, k.ReluUnits)),
                (Column.Right("of them reached"), k => Part(k.ReluActive, k.ReluAtKink)),
                (Column.Right("pooling windows tied"), k => Part(k.PoolTied, k.PoolWindows)),
                (Column.Right("of them reached"), k => Part(k.PoolActive, k.PoolTied)),
                .. kinks[0].Differences.Select((d, i) => (Column.Right($"moved by {d.Selection}"), (Func<KinkSummary, object?>)(k => $"{k.Differences[i].Differing} of {k.Differences[i].Batches} gradients"))),
            ])
        .Say("Verdict: " + string.Join("; ", kinks.Select(Verdict)) + ".");

    private static string Verdict(KinkSummary kinks)
    {
        var worst = kinks.Differences.MaxBy(d => d.RelativeL2)!;
        string met = $"training in {kinks.Precision} met {Count(kinks.ReluAtKink, "ReLU input")} and {Count(kinks.PoolTied, "pooling window")} exactly on a kink, ";
        return met + (worst.Differing == 0
            ? "and no other choice of derivative there changed a gradient"
            : $"and another choice of derivative there ({worst.Selection}) moved a gradient by at most {Percent(worst.RelativeL2)} of its length, where a single rounding moves a number by up to {Percent(kinks.Roundoff)}");
    }

    private static void Accuracy(QuickstartReport report, Document document)
    {
        var (first, second) = (report.Runs[0], report.Runs[1]);
        double lead = 100 * (first.TestAccuracy - second.TestAccuracy) ?? double.NaN;
        document
            .Table(
                report.Runs.Index(),
                (Column.Text("run"), r => r.Index < report.Runs.Count - 1 ? r.Item.Optimizer : $"{r.Item.Optimizer}, float16"),
                (Column.Count("epochs"), r => r.Item.Epochs),
                (Column.Digits("train loss"), r => r.Item.TrainLoss),
                (Column.Percent("test accuracy", 2), r => r.Item.TestAccuracy),
                (Column.Time("time"), r => r.Item.Seconds))
            .Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Verdict: {first.Optimizer} is {Math.Abs(lead):F2} points {(lead >= 0 ? "ahead of" : "behind")} {second.Optimizer} with both at their defaults; one seed is no proof, try --seed."),
                $"Checkpoints and metrics are in {report.Folder}; all of it took {Numbers.Seconds(report.Seconds)}.");
    }

    private static string Ratio(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Count(long count, string thing) =>
        $"{(count == 0 ? "no" : Numbers.Whole(count))} {thing}{(count == 1 ? "" : "s")}";

    private static string Percent(double fraction) => Numbers.Digits(100 * fraction, 2) + " %";

    private static string Part(long some, long all) =>
        some == 0 ? "none" : $"{Numbers.Whole(some)} ({Numbers.Digits(100.0 * some / all, 2)} %)";
}
