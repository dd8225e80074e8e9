using Nonsmooth.Cluster;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Blame;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Reliability.Zones;
using Nonsmooth.Selections;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Audits;

/// <summary>Puts every arbitrary choice that a program's gradient makes to the test, in every format.</summary>
public static class Audit
{
    /// <summary>Audits a model on the test half of data.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Examples with the fields that it takes.</param>
    /// <param name="options">What to look at; null for the defaults.</param>
    /// <param name="how">Batch, seed and distribution of the parameters; null for the defaults.</param>
    /// <param name="progress">Told the share that is done, and of what, from time to time.</param>
    /// <param name="cancellation">Stops between gradients.</param>
    /// <returns>What was found; when cancelled, of the formats that were finished.</returns>
    /// <exception cref="NonsmoothException">Model and data do not fit, no node has the layer's name, or a number is out of its range.</exception>
    public static AuditReport Of(
        Model model, Dataset data, AuditOptions? options = null, NetworkSubjectOptions? how = null, IProgress<AuditProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var subject = new NetworkSubject(model, data.Test, how);
        return Run(subject, options, progress, cancellation: cancellation);
    }

    /// <summary>Runs it.</summary>
    /// <param name="subject">The program with its data.</param>
    /// <param name="options">What to look at; null for the defaults.</param>
    /// <param name="progress">Told the share that is done, and of what, from time to time.</param>
    /// <param name="queue">The ranks that share draws and batches; null for this thread alone.</param>
    /// <param name="cancellation">Stops between gradients.</param>
    /// <returns>What was found; when cancelled, of the formats that were finished.</returns>
    /// <exception cref="NonsmoothException">No node has the layer's name, or a number is below 1.</exception>
    public static AuditReport Run(
        IAuditSubject subject, AuditOptions? options = null, IProgress<AuditProgress>? progress = null, WorkQueue? queue = null, CancellationToken cancellation = default)
    {
        options ??= new();
        queue ??= WorkQueue.Alone();
        var sites = KinkSite.Of(subject.Objective);
        options.CheckEach();
        int batches = Math.Min(options.Batches, subject.Batches);
        var choices = Chosen(subject.Objective, options).Select(c => Within(c, options.Layer, sites))
            .Select(choice => (Choice: choice, Sites: SelectionSites.Differing(subject.Objective, subject.Parameters, choice.Reference, choice.Other)))
            .Where(c => c.Sites.Count > 0)
            .ToList();
        var audits = new List<ChoiceAudit>();
        for (int c = 0; c < choices.Count; c++)
        {
            var formats = new List<FormatAudit>();
            audits.Add(new ChoiceAudit(choices[c].Choice, [.. choices[c].Sites.Select(s => s.Site)], formats));
            for (int p = 0; p < options.Precisions.Count; p++)
            {
                var stage = new Stage(progress, choices[c].Choice.Name, options.Precisions[p], (c * options.Precisions.Count) + p, choices.Count * options.Precisions.Count);
                try
                {
                    formats.Add(Run(subject, options, choices[c].Choice, batches, stage, queue, cancellation));
                }
                catch (OperationCanceledException)
                {
                    // Formats that are finished are worth having.
                    return new AuditReport(sites, [.. audits.Where(a => a.Formats.Count > 0)], batches) { Interrupted = true };
                }
            }
        }

        return new AuditReport(sites, audits, batches);
    }

    /// <summary>The choices that an audit of a program tests.</summary>
    /// <exception cref="NonsmoothException">A name is no choice of the program, nor of any function known; the message has near names.</exception>
    public static IReadOnlyList<AuditChoice> Chosen(Program objective, AuditOptions options)
    {
        if (options.Choices.Count > 0)
        {
            return options.Choices;
        }

        var all = AuditChoice.Of(objective, options.Reference);
        return options.Named.Count == 0 ? all : [.. options.Named.Select(name => all.FirstOrDefault(c => c.Name == name)
            ?? (SelectionKey.Known.Any(k => k.Name == name) ? null : throw new NonsmoothException(
                $"there is no choice '{name}': this program makes {(all.Count == 0 ? "none" : string.Join(", ", all.Select(c => c.Name)))}{Nearest.Question(name, all.Select(c => c.Name))}"))).OfType<AuditChoice>()];
    }

    private static FormatAudit Run(
        IAuditSubject subject, AuditOptions options, AuditChoice choice, int batches, Stage stage, WorkQueue queue, CancellationToken cancellation)
    {
        var zones = new ZoneOptions
        {
            Precision = stage.Precision,
            Reference = choice.Reference,
            Other = choice.Other,
            Draws = options.Draws,
            Batches = batches,
            Replay = options.Replay,
        };
        var report = ZoneStudy.Run(subject, zones, stage.Part(0, 0.7), queue, cancellation);
        if (report.Volumes.Count == 0)
        {
            // No threshold is published for the format and reordering changes nothing: only replay can tell.
            zones = zones with { Replay = true };
            report = ZoneStudy.Run(subject, zones, stage.Part(0, 0.7), queue, cancellation);
        }

        var bifurcating = report.Observations
            .Where(o => report.Of(o) == Zone.Bifurcation)
            .Take(options.BlamedPairs)
            .Select(o => (o.Draw, o.Batch))
            .ToList();
        return new FormatAudit(stage.Precision, report, BlameStudy.Run(subject, zones, bifurcating, stage.Part(0.7, 1), queue, cancellation));
    }

    private static AuditChoice Within(AuditChoice choice, string? layer, IReadOnlyList<KinkSite> sites)
    {
        if (layer is null)
        {
            return choice;
        }

        bool covers = sites.Any(s => s.Node == layer || s.Node.StartsWith(layer + ".", StringComparison.Ordinal));
        return covers
            ? choice with { Other = choice.Reference.At(layer, choice.Other) }
            : throw new NonsmoothException(
                sites.Count == 0 ? $"layer is '{layer}', and the program has no kink: it is differentiable everywhere; leave it out" : $"layer is '{layer}': no kink at '{layer}': the network's are {string.Join(", ", sites.Select(s => s.Node).Take(12))}{(sites.Count > 12 ? $" and {sites.Count - 12} more" : "")}; give one of them");
    }

    private sealed record Stage(IProgress<AuditProgress>? Progress, string Choice, Precision Precision, int Index, int Count)
    {
        public IProgress<double> Part(double from, double to) => new Share(this, from, to);

        private sealed class Share(Stage stage, double from, double to) : IProgress<double>
        {
            public void Report(double value) => stage.Progress?.Report(new AuditProgress(
                (stage.Index + from + ((to - from) * value)) / stage.Count, stage.Choice, stage.Precision));
        }
    }
}
