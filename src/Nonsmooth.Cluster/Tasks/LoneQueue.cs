namespace Nonsmooth.Cluster;

/// <summary>One rank: a loop.</summary>
internal sealed class LoneQueue : WorkQueue
{
    public override int Rank => 0;

    public override int Size => 1;

    public override IReadOnlyList<T> Run<T>(WorkList<T> list, CancellationToken cancellation = default)
    {
        var results = new T[list.Count];
        for (int index = 0; index < list.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            int own = index;
            void Report(double share) => list.Progress?.Invoke((own + share) / list.Count, own);
            var item = new WorkItem<T>(index, [.. list.Needs(index).Select(need => results[need])], Report, cancellation);
            long begun = TimeProvider.System.GetTimestamp();
            var known = list.Known?.Invoke(item);
            results[index] = known ?? list.Work(item);
            list.Done?.Invoke(new(index, results[index], known is null ? TimeProvider.System.GetElapsedTime(begun) : TimeSpan.Zero, known is not null));
            Report(1);
        }

        return results;
    }
}
