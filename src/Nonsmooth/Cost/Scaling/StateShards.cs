namespace Nonsmooth.Cost;

/// <summary>The parts of an optimizer's state that ranks keep: consecutive whole parameters.</summary>
public static class StateShards
{
    /// <summary>Which parameters a rank keeps states of, in order and whole, so that all ranks have about as many numbers.</summary>
    /// <param name="lengths">Numbers of each parameter.</param>
    /// <param name="ranks">How many ranks, at least 1.</param>
    /// <returns>Of each rank, the places of its parameters; a rank may have none.</returns>
    public static Range[] Parts(IReadOnlyList<long> lengths, int ranks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        long total = lengths.Sum(), before = 0;
        int[] ends = new int[ranks];
        for (int i = 0; i < lengths.Count; before += lengths[i++])
        {
            // Where the middle of a parameter lies.
            ends[(int)((Int128)(before + (lengths[i] / 2)) * ranks / Math.Max(1, total))] = i + 1;
        }

        for (int rank = 1; rank < ranks; rank++)
        {
            ends[rank] = Math.Max(ends[rank], ends[rank - 1]);
        }

        ends[^1] = lengths.Count;
        return [.. ends.Select((end, rank) => (rank > 0 ? ends[rank - 1] : 0)..end)];
    }

    /// <summary>Numbers of the largest part.</summary>
    /// <inheritdoc cref="Parts" path="/param"/>
    public static long Largest(IReadOnlyList<long> lengths, int ranks) => Parts(lengths, ranks).Max(part => lengths.Take(part).Sum());
}
