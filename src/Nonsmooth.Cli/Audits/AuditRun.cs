using Nonsmooth.Cli.Output;
using Nonsmooth.Cluster;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Formats;
using Nonsmooth.Reliability.Statistics;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Reliability.Traps;
using Nonsmooth.Reliability.Zones;
using Nonsmooth.Training.Audits;

namespace Nonsmooth.Cli.Audits;

/// <summary>Runs an audit and makes its sheet.</summary>
internal static class AuditRun
{
    /// <summary>The sheet, on rank 0; nothing on the others, which do their share of the draws.</summary>
    public static AuditSheet? Make(AuditRequest request, Action<double, string> progress, WorkQueue queue, CancellationToken cancellation)
    {
        using var subject = new NetworkSubject(request.Network, request.Data.Test, request.Subject, request.Parameters);
        UsageException.Read(() => Audit.Chosen(subject.Objective, request.Audit));
        var report = Audit.Run(
            subject, request.Audit, new Told<AuditProgress>(p => progress(0.7 * p.Done, $"{p.Choice}, {Formats.Words(p.Precision)}")), queue, cancellation);
        var (training, stopped) = AuditTraining.Try(request, report, (done, text) => progress(0.7 + (0.25 * done), text), queue, cancellation);
        if (queue.Rank > 0)
        {
            return null;
        }

        // Short, so they are taken even of an audit that was stopped.
        var ties = report.IsSmooth ? null : TieCensus.Run(subject, new TieOptions { Batches = Math.Min(4, report.Batches), NearUlps = 0, Largest = 10 }, cancellation: CancellationToken.None);
        var origins = report.IsSmooth ? [] : request.Audit.Precisions.Where(p => p != Precision.Float64).SelectMany(p => Origins(subject, p, Math.Min(2, report.Batches))).ToList();
        var ranges = RangeCensus.Run(subject, cancellation: CancellationToken.None);
        var traps = TrapLint.Of(subject.Objective);
        var sheet = new AuditSheet(
            request.Network.Name,
            request.Data.Name,
            request.Subject.Batch,
            request.Parameters is null ? request.Subject.Draw.ToString().ToLowerInvariant() : "checkpoint",
            request.Subject.Seed,
            [],
            [.. report.Choices.Select(c => new ChoiceRow(c.Choice.Name, c.Choice.Topic, c.Choice.Sides, c.Choice.Point, c.Choice.Rule, [.. c.Sites.Select(s => s.Node)]))],
            [.. report.Choices.SelectMany(c => c.Formats.Select(f => Zones(c, f)))],
            Layers(report, ties, request.Audit.BlamedPairs > 0),
            training,
            [.. (ties?.Largest ?? []).Select(t => new TieRow(t.Site, t.Run, t.Index, t.Value, t.Cotangent))],
            origins,
            [.. ranges.Layers.Where(l => l.Name.Length > 0).Select(Range)],
            [.. traps.Select(t => new TrapRow(t.Node, t.Kind, t.What, t.Mend))],
            [.. TrapLint.Untold(subject.Objective).Select(u => new UntoldRow(u.Node, u.Function))],
            FlushToZero.Probe(),
            request.Audit.Replay,
            report.Interrupted || stopped,
            [.. report.Fixed.Select(s => new FixedRow(s.Node, s.Function, s.Where))],
            request.Rerun);
        return sheet with { Verdict = AuditWords.Verdict(sheet) };
    }

    private static IEnumerable<OriginRow> Origins(NetworkSubject subject, Precision precision, int batches)
    {
        var found = TieOrigins.Run(subject, new TieOptions { Precision = precision, Batches = batches }, cancellation: CancellationToken.None);
        return found.Sites.Append(found.Total).Select(o => new OriginRow(o.Site, precision.Name(), o.Places, o.Kept, o.Made, o.Lost));
    }

    private static RangeRow Range(Reliability.Formats.ValueRange layer)
    {
        FormatRange[] formats = [layer.In("f16"), layer.In("bf16")];
        double[] Percent(Func<FormatRange, long> count) => [.. formats.Select(f => 100.0 * count(f) / Math.Max(1, layer.Values))];
        return new RangeRow(
            layer.Name, layer.Backward ? "backward" : "forward", layer.Largest, Percent(f => f.Overflow), Percent(f => f.Subnormal), Percent(f => f.Underflow));
    }

    private static ZoneRow Zones(ChoiceAudit audit, FormatAudit format)
    {
        var zones = format.Zones;
        var volume = zones.Volume;
        var finite = zones.Observations.Where(o => o.Distance.NonFinite == 0).ToList();
        var bifurcating = finite.Where(o => zones.Of(o) == Zone.Bifurcation).ToList();
        var histogram = DecadeHistogram.Of(zones.Observations.Select(o => o.Distance.SumInfinity));
        double? By(string classifier) => zones.Volumes.FirstOrDefault(v => v.Classifier == classifier)?.Volume.Percent;
        return new ZoneRow(
            audit.Choice.Name,
            format.Precision.Name(),
            100.0 * volume.Equal / volume.Pairs,
            100.0 * volume.Compensation / volume.Pairs,
            volume.Volume.Percent,
            zones.Draws,
            zones.Batches,
            zones.Population,
            Percent(volume.Share.Interval()),
            volume.Share.Of,
            volume.Share.Independence,
            volume.Share.IsExact,
            (int)volume.Affected.Count.Successes,
            Percent(volume.Affected.Interval()),
            By("published"),
            By("calibrated"),
            zones.Calibrated?.Value,
            zones.Control.SumInfinity,
            100.0 * (volume.Pairs - finite.Count) / volume.Pairs,
            bifurcating.Count == 0 ? 0 : bifurcating.Average(o => o.Distance.Relative),
            finite.Select(o => o.Distance.SumInfinity).DefaultIfEmpty(double.NaN).Max(),
            Agreement(zones),
            Extreme(zones, Zone.Compensation, e => e.Max()),
            Extreme(zones, Zone.Bifurcation, e => e.Min()),
            histogram.Zeros,
            histogram.Decades);
    }

    private static double? Agreement(ZoneReport zones) =>
        zones.Options.Replay && (ZoneThreshold.Published(zones.Options.Precision) ?? zones.Calibrated) is { } threshold
            ? 100.0 * zones.Observations.Count(o => threshold.Of(o.Distance) == zones.Of(o)) / zones.Observations.Count
            : null;

    private static double? Extreme(ZoneReport zones, Zone zone, Func<IEnumerable<double>, double> extreme)
    {
        var replayed = zones.Observations.Where(o => o.Replay is not null && zones.Of(o) == zone).Select(o => o.Replay!.Value).ToList();
        return replayed.Count == 0 ? null : extreme(replayed);
    }

    private static double[]? Percent(Interval? interval) => interval is { } i ? [100 * i.Low, 100 * i.High] : null;

    private static List<LayerRow> Layers(AuditReport report, TieReport? ties, bool blamed)
    {
        var counts = ties?.Sites.ToDictionary(s => s.Site, StringComparer.Ordinal) ?? [];
        var rows = new List<LayerRow>();
        foreach (var site in report.Sites)
        {
            var blames =
                from choice in report.Choices
                from format in choice.Formats
                from blame in format.Blame
                where blame.Site.Node == site.Node && blame.Mean > 0 && blame.Bifurcations() > 0
                orderby blame.Mean descending
                select (blame.Mean, By: $"{choice.Choice.Name}, {format.Precision.Name()}");
            var (mean, by) = blames.FirstOrDefault();
            counts.TryGetValue(site.Node, out var count);
            rows.Add(new LayerRow(
                site.Node,
                site.Function,
                100 * count?.TiedPart,
                count is { Active: { } active, Places: > 0 } ? 100.0 * active / count.Places : null,
                blamed ? 100 * mean : null,
                by));
        }

        return rows;
    }
}
