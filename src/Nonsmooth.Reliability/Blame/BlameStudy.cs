using Nonsmooth.Cluster;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Reliability.Zones;

namespace Nonsmooth.Reliability.Blame;

/// <summary>Which site's selection changes the gradient, and by how much: each site is changed alone.</summary>
/// <remarks>
/// Differences are replayed in 64 bits on the decisions of the low precision, so rounding takes no blame. Sites may act
/// together: the parts need not add up to the whole. Source: reliability specification, 4.8, extension.
/// </remarks>
public static class BlameStudy
{
    /// <summary>Blames the sites at which the two selections differ.</summary>
    /// <param name="subject">The program with its data.</param>
    /// <param name="options">The selections and the format; <see cref="ZoneOptions.Draws"/> and <see cref="ZoneOptions.Batches"/> say on how much.</param>
    /// <param name="pairs">The pairs to look at, those that bifurcate for example; null for all.</param>
    /// <param name="progress">Told the share that is done, from 0 to 1; with ranks on rank 0, not on one thread.</param>
    /// <param name="queue">The ranks that share pairs and sites; null for this thread alone.</param>
    /// <param name="cancellation">Stops between pairs.</param>
    /// <returns>The sites in the program's order; none where the selections agree on every site.</returns>
    public static IReadOnlyList<SiteBlame> Run(
        IAuditSubject subject,
        ZoneOptions options,
        IReadOnlyList<(int Draw, int Batch)>? pairs = null,
        IProgress<double>? progress = null,
        WorkQueue? queue = null,
        CancellationToken cancellation = default)
    {
        pairs ??= [.. from draw in Enumerable.Range(0, options.Draws) from batch in Enumerable.Range(0, options.Batches ?? subject.Batches) select (draw, batch)];
        var sites = SelectionSites.Differing(subject.Objective, subject.Parameters, options.Reference, options.Other);
        if (sites.Count == 0 || pairs.Count == 0)
        {
            return [];
        }

        using var reference = new ComparedGradient(GradientRunner.Of(subject.Objective, subject.Parameters, options.Reference), options, replay: true, subject.Device);
        int last = -1;
        (Gradient Low, Gradient? Wide) p = default;
        ZoneObservation Do(WorkItem<ZoneObservation> item)
        {
            item.Cancellation.ThrowIfCancellationRequested();
            int pair = item.Index / sites.Count;
            var (draw, batch) = pairs[pair];
            var inputs = subject.Inputs(draw, batch);
            if (pair != last)
            {
                (last, p) = (pair, reference.Run(inputs));
                item.Report(0.5);
            }

            // Compiled anew for each pair: a large network's programs hold more memory than that costs time.
            using var changed = new ComparedGradient(sites[item.Index % sites.Count].Gradient, options, replay: true, subject.Device);
            return ComparedGradient.Observe(draw, batch, p, changed.Run(inputs));
        }

        var list = new WorkList<ZoneObservation>(pairs.Count * sites.Count, Do) { Progress = (share, _) => progress?.Report(share) };
        var found = (queue ?? WorkQueue.Alone()).Run(list, cancellation);
        return [.. sites.Select((s, i) => new SiteBlame(s.Site, [.. found.Where((_, index) => index % sites.Count == i)]))];
    }
}
