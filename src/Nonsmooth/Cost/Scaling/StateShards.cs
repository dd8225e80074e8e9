namespace Nonsmooth.Cost;

/// <summary>The parts of an optimizer's state that ranks keep: consecutive whole parameters.</summary>
public static class StateShards
{
    /// <summary>Numbers of the largest part, where parameters are divided so that it is as small as can be.</summary>
    /// <param name="lengths">Numbers of each parameter, in their order.</param>
    /// <param name="ranks">How many ranks, at least 1.</param>
    public static long Largest(IReadOnlyList<long> lengths, int ranks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        long low = lengths.DefaultIfEmpty().Max(), high = Math.Max(low, lengths.Sum());
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = Parts(lengths, middle) <= ranks ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    // How many parts it takes where none may be larger.
    private static int Parts(IReadOnlyList<long> lengths, long most)
    {
        int parts = 1;
        long open = 0;
        foreach (long length in lengths)
        {
            (parts, open) = open + length > most ? (parts + 1, length) : (parts, open + length);
        }

        return parts;
    }
}
