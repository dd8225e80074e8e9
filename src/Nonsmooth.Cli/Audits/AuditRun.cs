using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Formats;
using Nonsmooth.Reliability.Statistics;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Reliability.Traps;
using Nonsmooth.Reliability.Zones;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Audits;

/// <summary>Runs an audit and makes its sheet.</summary>
internal static class AuditRun
{
    public static AuditSheet Make(AuditRequest request, Action<double, string> progress, CancellationToken cancellation)
    {
        using var subject = new NetworkSubject(request.Network, request.Data.Test, request.Subject, request.Parameters);
        var report = Audit.Run(
            subject, request.Audit, new Told<AuditProgress>(p => progress(0.7 * p.Done, $"{p.Choice}, {Formats.Words(p.Precision)}")), cancellation);
        var ties = report.IsSmooth
            ? null
            : TieCensus.Run(subject, new TieOptions { Batches = Math.Min(4, report.Batches), NearUlps = 0, Largest = 10 }, null, cancellation);
        var ranges = RangeCensus.Run(subject, cancellation: cancellation);
        var training = Train(request, report, (done, text) => progress(0.75 + (0.25 * done), text), cancellation);
        var traps = TrapLint.Of(subject.Objective);
        var sheet = new AuditSheet(
            request.Network.Name,
            request.Data.Name,
            request.Subject.Batch,
            request.Parameters is null ? request.Subject.Draw.ToString().ToLowerInvariant() : "checkpoint",
            request.Subject.Seed,
            [],
            [.. report.Choices.Select(c => new ChoiceRow(c.Choice.Name, c.Choice.Topic, c.Choice.Sides, c.Choice.Label, [.. c.Sites.Select(s => s.Node)]))],
            [.. report.Choices.SelectMany(c => c.Formats.Select(f => Zones(c, f)))],
            Layers(report, ties),
            training,
            [.. (ties?.Largest ?? []).Select(t => new TieRow(t.Site, t.Run, t.Index, t.Value, t.Cotangent))],
            [.. ranges.Layers.Where(l => l.Name.Length > 0).Select(Range)],
            [.. traps.Select(t => new TrapRow(t.Node, t.Kind, t.What, t.Mend))],
            FlushToZero.Probe(),
            request.Rerun);
        return sheet with { Verdict = AuditWords.Verdict(sheet) };
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
        var bifurcating = zones.Observations.Where(o => zones.Of(o) == Zone.Bifurcation).ToList();
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
            Percent(volume.Volume.ClopperPearson()),
            Percent(volume.Volume.McDiarmid(zones.Draws, zones.Batches)),
            By("published"),
            By("calibrated"),
            zones.Calibrated?.Value,
            zones.Control.SumInfinity,
            bifurcating.Count == 0 ? 0 : bifurcating.Average(o => o.Distance.Relative),
            zones.Observations.Max(o => o.Distance.SumInfinity),
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

    private static double[] Percent(Interval interval) => [100 * interval.Low, 100 * interval.High];

    private static List<LayerRow> Layers(AuditReport report, TieReport? ties)
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
                100 * (count?.TiedPart ?? 0),
                count is { Active: { } active, Places: > 0 } ? 100.0 * active / count.Places : null,
                100 * mean,
                by));
        }

        return rows;
    }

    private static List<TrainingRow> Train(AuditRequest request, AuditReport report, Action<double, string> progress, CancellationToken cancellation)
    {
        var rows = new List<TrainingRow>();
        if (request.TrainingSteps == 0)
        {
            return rows;
        }

        for (int c = 0; c < report.Choices.Count; c++)
        {
            var choice = report.Choices[c].Choice;
            double from = (double)c / report.Choices.Count;
            var paired = PairedTraining.Run(
                new PairedTrainingOptions
                {
                    Network = request.Network,
                    Dataset = request.Data,
                    Reference = choice.Reference,
                    Other = choice.Other,
                    Batch = request.Subject.Batch,
                    Steps = request.TrainingSteps,
                    Seeds = request.TrainingSeeds,
                    FirstSeed = request.Subject.Seed,
                },
                new Told<PairedTrainingProgress>(p => progress(from + (p.Done / report.Choices.Count), $"training under {choice.Name}")),
                cancellation);
            rows.Add(new TrainingRow(
                choice.Name,
                Precision.Float32.Name(),
                paired.Seeds.Count,
                request.TrainingSteps,
                100 * paired.Accuracy.Mean,
                [100 * paired.Accuracy.Low, 100 * paired.Accuracy.High],
                paired.WeightDistance,
                [paired.ReferenceNotFinite, paired.OtherNotFinite],
                paired.IsUnaffected));
        }

        return rows;
    }

    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
