using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.Cost;

namespace Nonsmooth.Cluster;

/// <summary>Sums over ranks in the order of a fixed binary tree: 0 + 1, 2 + 3, …, then those sums pairwise, number by number.</summary>
/// <remarks>
/// Bytes travel by whatever carries them, additions are made here, lower ranks on the left. Short sums are exchanged whole, log₂ R times;
/// longer ones are halved with each exchange and put together again (a reduce-scatter by recursive halving and an all-gather by
/// doubling: Rabenseifner 2004), so each rank sends and receives 2 (R − 1)/R of them. Both give the same bits.
/// </remarks>
public static class TreeSum
{
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
        TreeStep.CheckSize(ranks.Size);
        if (scratch.Length < numbers.Length)
        {
            throw new ArgumentException($"Scratch of {scratch.Length} is too short for {numbers.Length} numbers.", nameof(scratch));
        }

        Span<TreeStep> steps = stackalloc TreeStep[TreeStep.Most(ranks.Size)];
        int count = TreeStep.Plan(ranks.Rank, ranks.Size, numbers.Length, (long)numbers.Length * Unsafe.SizeOf<T>() <= ReductionTime.WholeBytes, steps);
        foreach (var step in steps[..count])
        {
            var given = numbers.Slice((int)step.Given, (int)step.GivenLength);
            var taken = numbers.Slice((int)step.Taken, (int)step.TakenLength);
            var other = step.Adds ? scratch[..taken.Length] : taken;
            ranks.Exchange(MemoryMarshal.AsBytes(given), step.Partner, MemoryMarshal.AsBytes(other), step.Partner);
            if (step.Adds)
            {
                Lanes.Add(step.IsLower ? taken : other, step.IsLower ? other : taken, taken);
            }
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
}
