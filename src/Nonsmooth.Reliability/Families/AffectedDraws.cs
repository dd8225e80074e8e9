using Nonsmooth.Cluster;
using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Families;

/// <summary>
/// The volume of S₀₁ = { θ : for some batch, the backprops under two selections differ }, by drawing θ: a draw stops at
/// its first affected batch.
/// </summary>
/// <remarks>
/// Numbers are compared: NaN equals NaN, +0 equals −0. Not thread-safe. Source: reliability specification, 1.2 and 2.6.
/// </remarks>
public static class AffectedDraws
{
    /// <summary>Runs it on the backprops of one program under two selections.</summary>
    /// <param name="subject">The program with its data.</param>
    /// <param name="options">What is compared, on how much; null for the defaults.</param>
    /// <param name="progress">Told each draw when it is done; with ranks on rank 0, in any order and not on one thread.</param>
    /// <param name="queue">The ranks that share the draws; null for this thread alone.</param>
    /// <param name="cancellation">Stops between batches; the draws that are done are reported.</param>
    /// <exception cref="NonsmoothException">A number is out of its range, or there is no parameter of a name.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first draw was done.</exception>
    public static AffectedReport Run(
        IAuditSubject subject, AffectedOptions? options = null, IProgress<AffectedDraw>? progress = null, WorkQueue? queue = null, CancellationToken cancellation = default)
    {
        options ??= new();
        return Run([subject], s => GradientPair.Of(s, options), options, progress, queue, cancellation);
    }

    /// <summary>Runs it on data in several parts, whose programs differ in size, and on two gradient programs of each.</summary>
    /// <param name="parts">The parts in order: draw m of each has the same parameters, and their batches together are the data.</param>
    /// <param name="pair">What is compared on a part.</param>
    /// <param name="options">On how much; its selections and <see cref="AffectedOptions.Compared"/> are the pair's affair.</param>
    /// <param name="progress">Told each draw when it is done; with ranks on rank 0, in any order and not on one thread.</param>
    /// <param name="queue">The ranks that share the draws; null for this thread alone.</param>
    /// <param name="cancellation">Stops between batches; the draws up to the first that is not done are reported.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first draw was done; on ranks other than 0, that it was cancelled.</exception>
    public static AffectedReport Run(
        IReadOnlyList<IAuditSubject> parts,
        Func<IAuditSubject, GradientPair> pair,
        AffectedOptions options,
        IProgress<AffectedDraw>? progress = null,
        WorkQueue? queue = null,
        CancellationToken cancellation = default)
    {
        int all = parts.Sum(p => p.Batches);
        int batches = options.Batches ?? all;
        if (options.Draws < 1 || batches < 1 || batches > all)
        {
            throw new NonsmoothException($"{options.Draws} draws of {batches} batches: ask for at least 1 draw and 1 to {all} batches");
        }

        if (options.Done.GroupBy(d => d.Draw).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new NonsmoothException($"draw {twice.Key} is there twice among those that are done: give those of one earlier run");
        }

        var known = options.Done.ToDictionary(d => d.Draw);
        var comparisons = new List<DrawComparison>();
        var list = new WorkList<AffectedDraw>(options.Draws, item =>
        {
            if (comparisons.Count == 0)
            {
                comparisons.AddRange(parts.Select(p => new DrawComparison(p, pair(p), options)));
            }

            return One(comparisons, batches, item);
        })
        {
            Known = item => known.GetValueOrDefault(item.Index),
            Done = result =>
            {
                if (!result.IsKnown)
                {
                    progress?.Report(result.Value);
                }
            },
        };
        try
        {
            // Where it is stopped, what is finished is worth having. A draw that is not affected takes longest, so of those that ranks did out of order only
            // the first are a fair sample.
            var draws = (queue ?? WorkQueue.Alone()).RunUntilStopped(list, cancellation).TakeWhile(draw => draw is not null).OfType<AffectedDraw>().ToList();
            return draws.Count > 0 ? new AffectedReport(options, batches, draws) : throw new OperationCanceledException(cancellation);
        }
        finally
        {
            comparisons.ForEach(c => c.Dispose());
        }
    }

    private static AffectedDraw One(List<DrawComparison> comparisons, int batches, WorkItem<AffectedDraw> item)
    {
        long visits = 0;
        int batch = 0;
        foreach (var comparison in comparisons)
        {
            for (int own = 0; own < comparison.Batches && batch < batches; own++, batch++)
            {
                item.Cancellation.ThrowIfCancellationRequested();
                var (differs, here) = comparison.Batch(item.Index, own);
                visits += here;
                if (differs)
                {
                    return new AffectedDraw(item.Index, batch, batch + 1, visits);
                }

                item.Report((batch + 1.0) / batches);
            }
        }

        return new AffectedDraw(item.Index, null, batches, visits);
    }
}
