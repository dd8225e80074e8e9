using Nonsmooth.Cluster;

namespace Nonsmooth.Cli.Studies;

/// <summary>The rows of a study, as far as they are measured.</summary>
/// <param name="Rows">In the study's order.</param>
/// <param name="Interrupted">Whether it was stopped before the last.</param>
internal sealed record MeasuredParts(IReadOnlyList<ReproductionRow> Rows, bool Interrupted)
{
    /// <summary>Measures parts: those that ranks share one after another, of the others each on one rank.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="request">How much, and by whom.</param>
    /// <param name="write">Told each row when it is there, in any order, on rank 0.</param>
    public static MeasuredParts Of(IReadOnlyList<ReproductionPart> parts, ReproduceRequest request, Action<ReproductionRow> write)
    {
        var rows = new IReadOnlyList<ReproductionRow>[parts.Count];
        Array.Fill(rows, []);
        void Keep(int part, IReadOnlyList<ReproductionRow> found)
        {
            rows[part] = found;
            foreach (var row in found)
            {
                write(row);
            }
        }

        bool interrupted = false;
        try
        {
            for (int first = 0, end; first < parts.Count; first = end)
            {
                int begin = first;
                for (end = first; end < parts.Count && !parts[end].IsShared; end++)
                {
                }

                ReproduceRequest Within(int count) => request with { Progress = (share, text) => request.Progress((begin + (share * count)) / parts.Count, text) };
                if (end > first)
                {
                    Whole([.. parts.Skip(begin).Take(end - begin)], Within(end - begin), (part, found) => Keep(begin + part, found));
                }
                else
                {
                    Keep(begin, parts[end++].Measure(Within(1)));
                }
            }
        }
        catch (OperationCanceledException)
        {
            interrupted = true;
        }

        return new([.. rows.SelectMany(found => found)], interrupted || request.Queue.IsStopped || request.Stop.IsCancellationRequested);
    }

    private static void Whole(IReadOnlyList<ReproductionPart> parts, ReproduceRequest request, Action<int, IReadOnlyList<ReproductionRow>> keep) => request.Queue.Run(
        new WorkList<ReproductionRow[]>(parts.Count, item => [.. parts[item.Index].Measure(
            request with { Progress = (share, _) => item.Report(share), Queue = WorkQueue.Alone(), Stop = item.Cancellation })])
        {
            Done = result => keep(result.Index, result.Value),
            Progress = (share, part) => request.Progress(share, parts[part].Setting),
        },
        request.Stop);
}
