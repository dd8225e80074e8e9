using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonsmooth.Cluster;

/// <summary>Sums over ranks in the order of a fixed binary tree: 0 + 1, 2 + 3, …, then those sums pairwise, number by number.</summary>
/// <remarks>
/// Bytes travel by whatever carries them, additions are made here, lower ranks on the left. Short sums are exchanged whole, log₂ R times;
/// longer ones are halved with each exchange and put together again (a reduce-scatter by recursive halving and an all-gather by
/// doubling: Rabenseifner 2004), so each rank sends and receives 2 (R − 1)/R of them. Both give the same bits.
/// </remarks>
public static class TreeSum
{
    // Below it the exchanges cost more than the bytes.
    private const int ShortBytes = 16 << 10;

    /// <summary>Replaces the numbers of each rank by the sum over all ranks.</summary>
    /// <param name="ranks">The ranks, a power of two.</param>
    /// <param name="numbers">Equally many on each rank, none included.</param>
    /// <param name="scratch">At least as many; what is in it is lost.</param>
    /// <exception cref="NonsmoothException">The number of ranks is not a power of two.</exception>
    /// <exception cref="ArgumentException"><paramref name="scratch"/> is too short.</exception>
    /// <exception cref="CommunicationException">A rank does not answer, or has another number of them.</exception>
    public static void AllReduce<T>(ICommunicator ranks, Span<T> numbers, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!BitOperations.IsPow2(ranks.Size))
        {
            throw new NonsmoothException($"there are {ranks.Size} ranks: start a power of two of them, as {BitOperations.RoundUpToPowerOf2((uint)ranks.Size) / 2}, for the same bits whatever their number");
        }

        if (scratch.Length < numbers.Length)
        {
            throw new ArgumentException($"Scratch of {scratch.Length} is too short for {numbers.Length} numbers.", nameof(scratch));
        }

        if ((long)numbers.Length * Unsafe.SizeOf<T>() <= ShortBytes)
        {
            Whole(ranks, numbers, scratch);
        }
        else
        {
            Halving(ranks, numbers, scratch, 1);
        }
    }

    /// <summary>The sum of shards in the order of the tree, on one rank.</summary>
    /// <exception cref="NonsmoothException">Their number is not a power of two.</exception>
    /// <exception cref="ArgumentException">They differ in length.</exception>
    public static T[] Of<T>(IReadOnlyList<T[]> shards)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = new ShardSum<T>(shards.Count == 0 ? 0 : shards[0].Length, shards.Count);
        foreach (var shard in shards)
        {
            sum.Add(shard);
        }

        return sum.Sum.ToArray();
    }

    private static void Whole<T>(ICommunicator ranks, Span<T> numbers, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var other = scratch[..numbers.Length];
        for (int distance = 1; distance < ranks.Size; distance *= 2)
        {
            int partner = ranks.Rank ^ distance;
            ranks.Exchange(MemoryMarshal.AsBytes(numbers), partner, MemoryMarshal.AsBytes(other), partner);
            Join(ranks.Rank < partner, numbers, other);
        }
    }

    // The partner has come by the same bits below this one, so it has the same range; one keeps its lower half, the other its upper.
    private static void Halving<T>(ICommunicator ranks, Span<T> range, Span<T> scratch, int distance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (distance >= ranks.Size)
        {
            return;
        }

        int partner = ranks.Rank ^ distance, half = range.Length / 2;
        bool isLower = ranks.Rank < partner;
        var kept = isLower ? range[..half] : range[half..];
        var given = isLower ? range[half..] : range[..half];
        var other = scratch[..kept.Length];
        ranks.Exchange(MemoryMarshal.AsBytes(given), partner, MemoryMarshal.AsBytes(other), partner);
        Join(isLower, kept, other);
        Halving(ranks, kept, scratch, 2 * distance);
        ranks.Exchange(MemoryMarshal.AsBytes(kept), partner, MemoryMarshal.AsBytes(given), partner);
    }

    private static void Join<T>(bool isLower, Span<T> own, ReadOnlySpan<T> other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (isLower)
        {
            Lanes.Add(own, other, own);
        }
        else
        {
            Lanes.Add(other, own, own);
        }
    }
}
