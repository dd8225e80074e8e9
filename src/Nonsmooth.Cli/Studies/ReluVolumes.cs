using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Cli.Output;
using Nonsmooth.Data;
using Nonsmooth.Reliability.Families;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Statistics;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Studies;

/// <summary>How many draws of a perceptron's parameters have a batch whose gradient depends on ReLU'(0).</summary>
internal sealed record ReluVolumes() : Reproduction(
    "relu-volumes", "draws of a perceptron whose gradient depends on ReLU'(0), by depth, width, batch and format", "10 min / 4 h")
{
    private const int _reduced = 10_000;

    public override IReadOnlyList<string> Says(ReproduceRequest request) =>
    [
        "Bertoin, Bolte, Gerchinovitz and Pauwels, Numerical influence of ReLU'(0) on backpropagation (2021): of 1,000 draws of the parameters, those with some batch on which the first layer's weight gradient differs between ReLU'(0) = 0 and 1; MNIST's 60,000 images, pixels from 0 to 1, PyTorch's initialisation, every image once, the last batch smaller.",
        request.Full
            ? $"{Draws(request):N0} draws a row. The batches are of one shuffled order; the published ones are of the file's order."
            : $"Reduced: {_reduced:N0} images and {Draws(request)} draws. 'Scaled' is what the published share p predicts for fewer images if batches are independent: 1 − (1 − p)^(images/60,000).",
        "The published code has a wrong backward (relu-bug) and keeps adding gradients up over batches; ours are correct and apart. Adding up can hide a difference and makes none; the row 'published bug' has the wrong backward. At 64 bits the published code stops before the first batch; ours runs.",
        "p: of the exact unconditional test that both shares are of one probability, two-sided. 'PyTorch 2.13': the same protocol in that release on one thread of a processor. 'Sums in blocks of 64': the same network, its sums in another order; what differs there is a property of the kernel, not of the network.",
    ];

    public override IReadOnlyList<ReproductionPart> Parts(ReproduceRequest request)
    {
        var raw = RawPixels.Of(request.Load("mnist", request.Full ? null : _reduced).Train);
        return [.. ReluVolumeCase.All.Select(c => ReproductionPart.Of(c.ToString(), own => Measure(own, raw, c)) with { IsShared = true })];
    }

    private static int Draws(ReproduceRequest request) => request.Draws ?? (request.Full ? 1000 : 100);

    private static ReproductionRow Measure(ReproduceRequest request, DataSplit raw, ReluVolumeCase c)
    {
        request.Stop.ThrowIfCancellationRequested();
        long begun = Stopwatch.GetTimestamp();
        string setting = c.ToString();
        var network = Models.Find($"mlp:784-{string.Join('-', Enumerable.Repeat(c.Width, c.Depth))}-10", raw.Shape);
        var parts = NetworkSubject.Epoch(network, raw, new() { Batch = c.Batch });
        try
        {
            var options = new AffectedOptions
            {
                Precision = c.Precision,
                Draws = Draws(request),
                Compared = c.Compared == ReluVolumeCompared.All ? parts[0].Parameters : [parts[0].Parameters[0]],
                Done = request.Log.Of(setting, raw.Count),
            };
            int done = options.Done.Count;
            var report = AffectedDraws.Run(
                [.. parts.Select(p => c.Block is { } block ? new RewrittenSubject(p, SplitSums.Rewrite(p.Objective, block)) : (IAuditSubject)p)],
                subject => Pair(subject, options, c.Compared),
                options,
                new Told<AffectedDraw>(draw =>
                {
                    request.Log.Add(setting, raw.Count, draw);
                    request.Progress((double)++done / options.Draws, setting);
                }),
                request.Queue,
                request.Stop);
            return Row(c, report, raw.Count, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        finally
        {
            foreach (var part in parts)
            {
                part.Dispose();
            }
        }
    }

    private static GradientPair Pair(IAuditSubject subject, AffectedOptions options, ReluVolumeCompared compared)
    {
        if (compared != ReluVolumeCompared.Bug)
        {
            return GradientPair.Of(subject, options);
        }

        var one = GradientRunner.Of(subject.Objective, options.Compared!, options.Other);
        return new(GradientRunner.Of(subject.Objective, options.Compared!, options.Reference), PublishedBug.Rewrite(one, 1), Screens: true);
    }

    private static ReproductionRow Row(ReluVolumeCase c, AffectedReport report, int images, double seconds)
    {
        var affected = report.Affected;
        var published = c.Published is { } count ? new Proportion(count, 1000) : (Proportion?)null;
        bool whole = images == ReluVolumeCase.Images;
        var interval = report.Share.Interval();
        List<string> on = [string.Create(CultureInfo.InvariantCulture, $"{affected.Successes} of {affected.Trials:N0} draws, {images:N0} images")];
        if (whole && interval is not null)
        {
            on.AddRange(new[] { ("published", published), ("PyTorch 2.13", c.Peer) }
                .Where(o => o.Item2 is not null)
                .Select(o => Against(affected, o.Item2!.Value, o.Item1)));
        }

        string said = published is not { } share ? ""
            : whole || share.Successes is 0 or 1000 ? $"{Percent(share.Share)} %"
            : $"{Percent(share.Share)} %, scaled {Percent(1 - Math.Pow(1 - share.Share, (double)images / ReluVolumeCase.Images))} %";
        return new ReproductionRow(
            c.ToString(),
            "affected draws, %",
            said,
            affected.Percent,
            100 * interval?.Low,
            100 * interval?.High,
            string.Join("; ", on),
            seconds);
    }

    private static string Against(Proportion ours, Proportion theirs, string whose)
    {
        var both = new TwoProportions(ours, theirs);
        var interval = both.Interval();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"less {whose} {theirs.Successes}/{theirs.Trials}: {100 * both.Difference:+0.0;−0.0;0} points [{100 * interval.Low:0.0}, {100 * interval.High:0.0}], p = {both.PValue():G2}");
    }

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture);
}
