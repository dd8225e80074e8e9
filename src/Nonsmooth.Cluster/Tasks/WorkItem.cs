namespace Nonsmooth.Cluster;

/// <summary>One task, for the rank that does it.</summary>
public sealed class WorkItem<T>
{
    private readonly Action<double> _report;

    internal WorkItem(int index, IReadOnlyList<T> needed, Action<double> report, CancellationToken cancellation) =>
        (Index, Needed, Cancellation, _report) = (index, needed, cancellation, report);

    /// <summary>Its number.</summary>
    public int Index { get; }

    /// <summary>The results that it needs, in the order that <see cref="WorkList{T}.Needs"/> names them.</summary>
    public IReadOnlyList<T> Needed { get; }

    /// <summary>Cancelled when a rank is asked to stop: then throw <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>
    /// Says how far it is, on the thread that does it. A task that says nothing for as long as <see cref="ICommunicator.Timeout"/> is taken for hung and done
    /// again by another rank; so call it at every step, it costs little.
    /// </summary>
    /// <param name="share">From 0 to 1.</param>
    public void Report(double share) => _report(share);
}
