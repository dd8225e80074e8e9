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
    /// <param name="progress">Told each draw when it is done.</param>
    /// <param name="cancellation">Stops between batches; the draws that are done are reported.</param>
    /// <exception cref="NonsmoothException">A number is out of its range, or there is no parameter of a name.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first draw was done.</exception>
    public static AffectedReport Run(
        IAuditSubject subject, AffectedOptions? options = null, IProgress<AffectedDraw>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        return Run([subject], s => GradientPair.Of(s, options), options, progress, cancellation);
    }

    /// <summary>Runs it on data in several parts, whose programs differ in size, and on two gradient programs of each.</summary>
    /// <param name="parts">The parts in order: draw m of each has the same parameters, and their batches together are the data.</param>
    /// <param name="pair">What is compared on a part.</param>
    /// <param name="options">On how much; its selections and <see cref="AffectedOptions.Compared"/> are the pair's affair.</param>
    /// <param name="progress">Told each draw when it is done.</param>
    /// <param name="cancellation">Stops between batches; the draws that are done are reported.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first draw was done.</exception>
    public static AffectedReport Run(
        IReadOnlyList<IAuditSubject> parts,
        Func<IAuditSubject, GradientPair> pair,
        AffectedOptions options,
        IProgress<AffectedDraw>? progress = null,
        CancellationToken cancellation = default)
    {
        int all = parts.Sum(p => p.Batches);
        int batches = options.Batches ?? all;
        if (options.Draws < 1 || batches < 1 || batches > all)
        {
            throw new NonsmoothException($"{options.Draws} draws of {batches} batches: ask for at least 1 draw and 1 to {all} batches");
        }

        if (options.Done.Where((d, i) => d.Draw != i).Any())
        {
            throw new NonsmoothException("the draws that are done are not numbered from 0 on: give those of one earlier run");
        }

        var comparisons = new List<DrawComparison>();
        List<AffectedDraw> draws = [.. options.Done.Take(options.Draws)];
        try
        {
            for (int draw = draws.Count; draw < options.Draws; draw++)
            {
                if (comparisons.Count == 0)
                {
                    comparisons.AddRange(parts.Select(p => new DrawComparison(p, pair(p), options)));
                }

                draws.Add(One(comparisons, draw, batches, cancellation));
                progress?.Report(draws[^1]);
            }
        }
        catch (OperationCanceledException) when (draws.Count > 0)
        {
            // What is finished is worth having.
        }
        finally
        {
            comparisons.ForEach(c => c.Dispose());
        }

        return new AffectedReport(options, batches, draws);
    }

    private static AffectedDraw One(List<DrawComparison> comparisons, int draw, int batches, CancellationToken cancellation)
    {
        long visits = 0;
        int batch = 0;
        foreach (var comparison in comparisons)
        {
            for (int own = 0; own < comparison.Batches && batch < batches; own++, batch++)
            {
                cancellation.ThrowIfCancellationRequested();
                var (differs, here) = comparison.Batch(draw, own);
                visits += here;
                if (differs)
                {
                    return new AffectedDraw(draw, batch, batch + 1, visits);
                }
            }
        }

        return new AffectedDraw(draw, null, batches, visits);
    }
}
