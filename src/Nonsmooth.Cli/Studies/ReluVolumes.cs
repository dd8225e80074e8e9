using System.Diagnostics;
using System.Globalization;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Families;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Data;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Studies;

/// <summary>How many draws of a perceptron's parameters have a batch whose gradient depends on ReLU'(0).</summary>
internal sealed record ReluVolumes() : Reproduction(
    "relu-volumes", "draws of a perceptron whose gradient depends on ReLU'(0), by depth, width, batch and format", "10 min / 2 h")
{
    private const int _all = 60_000;
    private const int _reduced = 10_000;

    public override IReadOnlyList<string> Says(ReproduceRequest request) =>
    [
        "Bertoin, Bolte, Gerchinovitz and Pauwels, Numerical influence of ReLU'(0) on backpropagation (2021): of 1,000 draws, those with some batch on which the first layer's weight gradient differs between ReLU'(0) = 0 and 1; pixels from 0 to 1, PyTorch's initialisation.",
        request.Full
            ? $"All {_all:N0} images; reduced: {Draws(request)} draws instead of 1,000."
            : $"Reduced: {_reduced:N0} images instead of {_all:N0} and {Draws(request)} draws instead of 1,000. 'Scaled' is what the published share p predicts for fewer images if batches are independent: 1 − (1 − p)^(images/60,000).",
        "The published code has a wrong backward (relu-bug), keeps adding gradients up over batches, takes the last, smaller batch too, and at 64 bits stops before the first batch; ours are correct, apart, of whole batches only, and run. The row 'published bug' has its backward.",
    ];

    public override IEnumerable<ReproductionRow> Rows(ReproduceRequest request)
    {
        var raw = RawPixels.Of(request.Load("mnist", request.Full ? null : _reduced).Train);
        var head = new Case(3, 256, 256, Precision.Float32, 463);
        yield return Measure(request, raw, head);
        yield return Measure(request, raw, head with { Compared = Compare.All, Published = null });
        yield return Measure(request, raw, head with { Compared = Compare.Bug });
        foreach (var c in Cases())
        {
            yield return Measure(request, raw, c);
        }
    }

    // The widest last: they take as long as all the others.
    private static IEnumerable<Case> Cases() =>
    [
        .. Depths(Precision.Float32, (1, 54), (2, 258), (5, 647), (6, 697)),
        .. Widths(Precision.Float32, (16, 21), (64, 163), (512, 582)),
        .. Depths(Precision.Float16, (1, 871), (2, 999), (3, 1000), (5, 1000), (6, 1000)),
        .. Widths(Precision.Float16, (16, 333), (64, 1000), (512, 1000), (1024, 1000)),
        .. new[] { (16, 439), (64, 453), (512, 351), (1024, 384) }.Select(b => new Case(3, 256, b.Item1, Precision.Float32, b.Item2)),
        .. Depths(Precision.Float64, (1, 0), (3, 0), (6, 0)),
        .. Widths(Precision.Float32, (1024, 873)),
    ];

    private static IEnumerable<Case> Depths(Precision precision, params (int Depth, int Count)[] published) =>
        published.Select(p => new Case(p.Depth, 256, 256, precision, p.Count));

    private static IEnumerable<Case> Widths(Precision precision, params (int Width, int Count)[] published) =>
        published.Select(p => new Case(3, p.Width, 256, precision, p.Count));

    private static int Draws(ReproduceRequest request) => request.Draws ?? (request.Full ? 200 : 100);

    private static ReproductionRow Measure(ReproduceRequest request, DataSplit raw, Case c)
    {
        request.Stop.ThrowIfCancellationRequested();
        long begun = Stopwatch.GetTimestamp();
        string name = $"mlp:784-{string.Join('-', Enumerable.Repeat(c.Width, c.Depth))}-10";
        using var subject = new NetworkSubject(NetworkRegistry.Find(name, raw.Shape), raw, new() { Batch = c.Batch });
        IReadOnlyList<string> compared = c.Compared == Compare.All ? subject.Parameters : [subject.Parameters[0]];
        var options = new AffectedOptions { Precision = c.Precision, Draws = Draws(request), Compared = compared };
        var progress = request.Share<int>(c.ToString(), done => (double)done / options.Draws);
        var one = GradientRunner.Of(subject.Objective, compared, options.Other);
        var report = c.Compared == Compare.Bug
            ? AffectedDraws.Run(subject, GradientRunner.Of(subject.Objective, compared, Selection.Default), PublishedBug.Rewrite(one, 1), options, progress, request.Stop)
            : AffectedDraws.Run(subject, options, progress, request.Stop);
        var interval = report.Affected.ClopperPearson();
        int images = report.Batches * c.Batch;
        string published = c.Published is not { } count ? ""
            : images >= _all * 0.99 || count is 0 or 1000 ? $"{Percent(count / 1000.0)} %"
            : $"{Percent(count / 1000.0)} %, scaled {Percent(1 - Math.Pow(1 - (count / 1000.0), (double)images / _all))} %";
        return new ReproductionRow(
            c.ToString(),
            "affected draws, %",
            published,
            report.Affected.Percent,
            100 * interval.Low,
            100 * interval.High,
            string.Create(CultureInfo.InvariantCulture, $"M={report.Draws.Count}, {images:N0} images; Hoeffding ±{100 * Reliability.Statistics.Proportion.HoeffdingHalfWidth(report.Draws.Count):F1}"),
            Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture);

    private enum Compare
    {
        FirstWeight,
        All,
        Bug,
    }

    private sealed record Case(int Depth, int Width, int Batch, Precision Precision, int? Published, Compare Compared = Compare.FirstWeight)
    {
        public override string ToString() =>
            $"{Depth}x{Width}, batch {Batch}, {Precision.Name()}" + Compared switch { Compare.All => ", all gradients", Compare.Bug => ", published bug", _ => "" };
    }
}
