using System.Globalization;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Quickstart;

/// <summary>Tells a newcomer what the quickstart found: a table and one sentence of verdict a block.</summary>
internal static class QuickstartPage
{
    public static void Show(QuickstartReport report, Page page)
    {
        page.Say($"{report.Network} learned to read {report.Data} (28×28 digits drawn by a seeded generator) twice, with two optimizers, from the same start and in the same order of batches of {report.Batch}.");
        Cost(report.Cost, page);
        Kinks(report.Kinks, page);
        Accuracy(report, page);
    }

    private static void Cost(GradientCost cost, Page page)
    {
        page.Heading("What does a gradient cost?");
        page.Table(
            ["loss and gradient, in costs of the loss alone", ">ratio"],
            [
                ["proved: at most, whatever the number of parameters and kinks", Ratio(cost.Bound)],
                ["predicted: unit model, the textbook algorithm", Ratio(cost.Unit)],
                ["counted: operations of the program that runs", Ratio(cost.Counted)],
                [$"measured: {Numbers.Seconds(cost.GradientSeconds)} against {Numbers.Seconds(cost.ForwardSeconds)}", Ratio(cost.Measured)],
            ]);
        page.Say(cost.Measured <= cost.Bound
            ? $"Verdict: the gradient took {Ratio(cost.Measured)} times the loss, within the proved {Ratio(cost.Bound)}."
            : $"Verdict: the gradient took {Ratio(cost.Measured)} times the loss, more than the proved {Ratio(cost.Bound)}: the theorem counts operations, and the clock sees memory and other programs too.");
    }

    private static void Kinks(IReadOnlyList<KinkSummary> kinks, Page page)
    {
        page.Heading("Does training meet points without a derivative?");
        page.Table(
            [
                "arithmetic", ">ReLU inputs at 0", ">of them reached", ">pooling windows tied", ">of them reached",
                .. kinks[0].Differences.Select(d => $">moved by {d.Selection}"),
            ],
            kinks.Select(k => (string[])
            [
                k.Precision,
                Part(k.ReluAtKink, k.ReluUnits),
                Part(k.ReluActive, k.ReluAtKink),
                Part(k.PoolTied, k.PoolWindows),
                Part(k.PoolActive, k.PoolTied),
                .. k.Differences.Select(d => $"{d.Differing} of {d.Batches} gradients"),
            ]));
        page.Say("Verdict: " + string.Join("; ", kinks.Select(Verdict)) + ".");
    }

    private static string Verdict(KinkSummary kinks)
    {
        var worst = kinks.Differences.MaxBy(d => d.RelativeL2)!;
        string met = $"training in {kinks.Precision} met {Count(kinks.ReluAtKink, "ReLU input")} and {Count(kinks.PoolTied, "pooling window")} exactly on a kink, ";
        return met + (worst.Differing == 0
            ? "and no other choice of derivative there changed a gradient"
            : $"and another choice of derivative there ({worst.Selection}) moved a gradient by at most {Percent(worst.RelativeL2)} of its length, where a single rounding moves a number by up to {Percent(kinks.Roundoff)}");
    }

    private static void Accuracy(QuickstartReport report, Page page)
    {
        page.Heading("Did it learn?");
        page.Table(
            ["run", ">epochs", ">train loss", ">test accuracy", ">time"],
            report.Runs.Select((run, i) => (string[])
            [
                i < report.Runs.Count - 1 ? run.Optimizer : $"{run.Optimizer}, float16",
                Numbers.Whole(run.Epochs),
                Numbers.Digits(run.TrainLoss ?? double.NaN),
                Numbers.Percent(run.TestAccuracy ?? double.NaN, 2),
                Numbers.Seconds(run.Seconds),
            ]));
        var (first, second) = (report.Runs[0], report.Runs[1]);
        double lead = 100 * (first.TestAccuracy - second.TestAccuracy) ?? double.NaN;
        page.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Verdict: {first.Optimizer} is {Math.Abs(lead):F2} points {(lead >= 0 ? "ahead of" : "behind")} {second.Optimizer} with both at their defaults; one seed is no proof, try --seed."));
        page.Say($"Checkpoints and metrics are in {report.Folder}; all of it took {Numbers.Seconds(report.Seconds)}.");
    }

    private static string Ratio(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Count(long count, string thing) =>
        $"{(count == 0 ? "no" : Numbers.Whole(count))} {thing}{(count == 1 ? "" : "s")}";

    private static string Percent(double fraction) => Numbers.Digits(100 * fraction, 2) + " %";

    private static string Part(long some, long all) =>
        some == 0 ? "none" : $"{Numbers.Whole(some)} ({Numbers.Digits(100.0 * some / all, 2)} %)";
}
