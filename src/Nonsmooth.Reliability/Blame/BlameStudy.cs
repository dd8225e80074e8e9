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
    /// <param name="progress">Told the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops between pairs.</param>
    /// <returns>The sites in the program's order; none where the selections agree on every site.</returns>
    public static IReadOnlyList<SiteBlame> Run(
        IAuditSubject subject,
        ZoneOptions options,
        IReadOnlyList<(int Draw, int Batch)>? pairs = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        pairs ??= [.. from draw in Enumerable.Range(0, options.Draws) from batch in Enumerable.Range(0, options.Batches ?? subject.Batches) select (draw, batch)];
        var sites = SelectionSites.Differing(subject.Objective, subject.Parameters, options.Reference, options.Other);
        if (sites.Count == 0 || pairs.Count == 0)
        {
            return [];
        }

        using var reference = new ComparedGradient(GradientRunner.Of(subject.Objective, subject.Parameters, options.Reference), options, replay: true, subject.Device);
        var observations = sites.Select(_ => new List<ZoneObservation>()).ToArray();
        for (int pair = 0; pair < pairs.Count; pair++)
        {
            var (draw, batch) = pairs[pair];
            var inputs = subject.Inputs(draw, batch);
            var p = reference.Run(inputs);
            for (int i = 0; i < sites.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();

                // Compiled anew for each pair: a large network's programs hold more memory than that costs time.
                using var changed = new ComparedGradient(sites[i].Gradient, options, replay: true, subject.Device);
                observations[i].Add(ComparedGradient.Observe(draw, batch, p, changed.Run(inputs)));
                progress?.Report((double)((pair * sites.Count) + i + 1) / (sites.Count * pairs.Count));
            }
        }

        return [.. sites.Select((s, i) => new SiteBlame(s.Site, observations[i]))];
    }
}
