namespace Nonsmooth.Cluster;

/// <summary>One rank: a loop.</summary>
internal sealed class LoneQueue : WorkQueue
{
    public override int Rank => 0;

    public override int Size => 1;

    // The caller's own token says so.
    public override bool IsStopped => false;

    public override IReadOnlyList<T> Run<T>(WorkList<T> list, CancellationToken cancellation = default)
    {
        var results = new T[list.Count];
        var whole = new WorkShare<T>(list);
        for (int index = 0; index < list.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            int own = index;
            void Report(double share) => whole.Move(own, share);
            var item = new WorkItem<T>(index, [.. list.Needs(index).Select(need => results[need])], Report, cancellation);
            long begun = TimeProvider.System.GetTimestamp();
            var known = list.Known?.Invoke(item);
            results[index] = known ?? list.Work(item);
            Report(1);
            list.Done?.Invoke(new(index, results[index], known is null ? TimeProvider.System.GetElapsedTime(begun) : TimeSpan.Zero, known is not null));
        }

        return results;
    }
}
