namespace Nonsmooth.Optimizers.Workers;

/// <summary>Work that a <see cref="WorkerPool"/> runs once on each of its workers.</summary>
public interface IWorkerTask
{
    /// <summary>
    /// Does the share of worker <paramref name="worker"/> (0 ≤ worker &lt; <paramref name="workers"/>).
    /// Shares must be disjoint, and which share is whose must depend on the two numbers alone.
    /// </summary>
    void Execute(int worker, int workers);
}
