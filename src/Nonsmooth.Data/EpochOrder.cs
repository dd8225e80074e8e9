namespace Nonsmooth.Data;

/// <summary>The order of the examples in one epoch, cut into batches.</summary>
public sealed class EpochOrder
{
    private readonly int[] order;
    private readonly int batchSize;

    internal EpochOrder(int[] order, int batchSize, int batches)
    {
        this.order = order;
        this.batchSize = batchSize;
        BatchCount = batches;
    }

    /// <summary>How many batches there are.</summary>
    public int BatchCount { get; }

    /// <summary>The examples of a batch; the last batch may be smaller.</summary>
    /// <param name="batch">From 0 to <see cref="BatchCount"/> − 1.</param>
    public ReadOnlySpan<int> Batch(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(batch, BatchCount);
        var start = batch * batchSize;
        return order.AsSpan(start, Math.Min(batchSize, order.Length - start));
    }
}
