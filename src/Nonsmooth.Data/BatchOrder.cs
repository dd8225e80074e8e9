using Nonsmooth.Randomness;

namespace Nonsmooth.Data;

/// <summary>
/// Which examples make which batch: a pure function of (seed, epoch, batch), so training goes on from any
/// batch of any epoch without replaying what came before.
/// </summary>
/// <param name="Count">Examples in the split.</param>
/// <param name="BatchSize">Examples in a batch.</param>
/// <param name="Seed">The seed of the shuffling.</param>
public sealed record BatchOrder(int Count, int BatchSize, ulong Seed)
{
    /// <summary>Examples in the split.</summary>
    public int Count { get; } = Count > 0 ? Count : throw new NonsmoothException($"A split of {Count} examples makes no batch; give at least one example.");

    /// <summary>Examples in a batch.</summary>
    public int BatchSize { get; } = BatchSize > 0 ? BatchSize : throw new NonsmoothException($"The batch size is {BatchSize}; give at least 1.");

    /// <summary>Whether each epoch takes the examples in a new random order. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether a last, smaller batch is left out. Default false. It is kept where it is the only one.</summary>
    public bool DropLast { get; init; }

    /// <summary>Batches in an epoch, at least one.</summary>
    public int BatchesPerEpoch =>
        DropLast && Count >= BatchSize ? Count / BatchSize : (int)(((long)Count + BatchSize - 1) / BatchSize);

    /// <summary>The order of one epoch.</summary>
    /// <param name="epoch">From 0.</param>
    public EpochOrder Epoch(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        var random = new CounterRandom(Seed).Derive("batch order").Derive((ulong)epoch);
        return new EpochOrder(Shuffle ? random.Permutation(Count) : [.. Enumerable.Range(0, Count)], BatchSize, BatchesPerEpoch);
    }
}
