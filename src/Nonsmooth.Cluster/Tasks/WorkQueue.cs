namespace Nonsmooth.Cluster;

/// <summary>Independent tasks, handed out to the ranks of a run one at a time.</summary>
/// <remarks>
/// <para>Every rank does the same program: it runs the same lists in the same order, and gets every result. Rank 0 hands out the lowest task that is
/// ready to whoever is free, itself included: a thread of its own answers the others meanwhile.</para>
/// <para>A task that throws is done once more by another rank, and the rank that it threw on gets no more; the second time ends all. A rank that says
/// nothing of its task for as long as <see cref="ICommunicator.Timeout"/> loses it to another; what it may still send is left aside where the task is
/// done by then. A process that ends takes its job with it, under the launchers that there are: what <see cref="WorkList{T}.Done"/> has kept is
/// <see cref="WorkList{T}.Known"/> to the next job, which does what is missing.</para>
/// <para>A stop (<see cref="CancellationToken"/>) of any rank stops all: each <see cref="Run"/> throws, then and later. Not thread-safe.</para>
/// </remarks>
public abstract class WorkQueue
{
    private protected WorkQueue()
    {
    }

    /// <summary>Who this is, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>How many ranks share the tasks.</summary>
    public abstract int Size { get; }

    /// <summary>Whether a rank was asked to stop while tasks were done: then all are.</summary>
    public abstract bool IsStopped { get; }

    /// <summary>Does all tasks in order, on the calling thread.</summary>
    public static WorkQueue Alone() => new LoneQueue();

    /// <summary>Does the same work on every rank, with a queue between them. Every rank makes the call.</summary>
    /// <param name="ranks">The ranks; until it comes back, nobody else uses them.</param>
    /// <param name="work">What a rank does.</param>
    /// <param name="notice">Told, on rank 0, a line of each rank that failed or fell silent; null for nobody.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="OperationCanceledException">A rank was asked to stop, and the work did not catch it: it is thrown on all ranks.</exception>
    /// <exception cref="CommunicationException">A rank does not answer. Of one that had lost its task to another this is said at the end, when all results are there.</exception>
    public static void Over(ICommunicator ranks, Action<WorkQueue> work, Action<string>? notice = null, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        if (ranks.Size == 1)
        {
            work(Alone());
        }
        else if (ranks.Rank == 0)
        {
            FirstQueue.Run(ranks, work, notice ?? (static _ => { }), time);
        }
        else
        {
            OtherQueue.Run(ranks, work, time);
        }
    }

    /// <summary>Does the tasks of a list, those of them that fall to this rank, and waits for the others.</summary>
    /// <param name="list">Equally long on every rank.</param>
    /// <param name="cancellation">Stops all ranks; the results that are there have been told to <see cref="WorkList{T}.Done"/>.</param>
    /// <returns>Every result by its number, the same on every rank.</returns>
    /// <exception cref="OperationCanceledException">A rank was asked to stop.</exception>
    /// <exception cref="CommunicationException">A rank does not answer, or a task threw on two of them.</exception>
    public abstract IReadOnlyList<T> Run<T>(WorkList<T> list, CancellationToken cancellation = default)
        where T : class;

    /// <summary>As <see cref="Run"/>, but a stop keeps what is done.</summary>
    /// <returns>Every result by its number; null of a task that was not done.</returns>
    /// <exception cref="OperationCanceledException">It was stopped before the first result was there; on ranks other than 0, that it was stopped.</exception>
    /// <exception cref="CommunicationException">As for <see cref="Run"/>.</exception>
    public IReadOnlyList<T?> RunUntilStopped<T>(WorkList<T> list, CancellationToken cancellation = default)
        where T : class
    {
        var done = new T?[list.Count];
        void Keep(WorkResult<T> result)
        {
            done[result.Index] = result.Value;
            list.Done?.Invoke(result);
        }

        try
        {
            return Run(list with { Done = Keep }, cancellation);
        }
        catch (OperationCanceledException) when (done.Any(result => result is not null))
        {
            return done;
        }
    }

    /// <summary>How often ranks say that they are there.</summary>
    internal static TimeSpan Beats(ICommunicator ranks) => TimeSpan.FromSeconds(Math.Min(1, ranks.Timeout.TotalSeconds / 8));
}
