using System.Numerics;

namespace Nonsmooth.Cluster;

/// <summary>The sum of one rank's shards, added as the fixed binary tree says: neighbours first, then pairs of pairs.</summary>
/// <remarks>
/// Of G shards, numbered through all ranks, the tree adds 0 + 1, 2 + 3, …, then those sums pairwise, up to one. A power of two of ranks
/// that own equally many consecutive shards each own whole branches of it, and <see cref="TreeSum"/> adds the rest: the bits are the same
/// for each such number of ranks. What is kept is one buffer for each level of the rank's branch. The sign of zero and infinities are those of
/// additions; where a sum is not a number it is so for any number of ranks, but which payload it carries is not promised.
/// </remarks>
/// <typeparam name="T">The format of the sums: float or double.</typeparam>
public sealed class ShardSum<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[][] _levels;
    private int _added;

    /// <summary>An empty sum.</summary>
    /// <param name="length">Numbers of a shard, at least 0.</param>
    /// <param name="shards">How many shards are added, a power of two.</param>
    /// <exception cref="NonsmoothException"><paramref name="shards"/> is not a power of two.</exception>
    public ShardSum(int length, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (!BitOperations.IsPow2(shards))
        {
            throw new NonsmoothException($"shards is {shards}: give a power of two, as 8, for sums do not depend on the number of ranks only then");
        }

        Shards = shards;
        _levels = [.. Enumerable.Range(0, BitOperations.Log2((uint)shards) + 1).Select(_ => GC.AllocateArray<T>(length, pinned: true))];
    }

    /// <summary>How many shards make the sum.</summary>
    public int Shards { get; }

    /// <summary>Numbers of a shard.</summary>
    public int Length => _levels[0].Length;

    /// <summary>The sum, once all shards are added; <see cref="TreeSum.AllReduce"/> may write over it.</summary>
    /// <exception cref="InvalidOperationException">Shards are missing.</exception>
    public Span<T> Sum => _added == Shards ? _levels[^1] : throw new InvalidOperationException($"{_added} of {Shards} shards are added.");

    /// <summary>Where the sum lies, of which parts are done before others; the memory does not move.</summary>
    internal T[] Result => _levels[^1];

    /// <summary>Memory where the next shard may be made, if its number is even: it is then added where it lies.</summary>
    internal T[] Next => _levels[0];

    /// <summary>Begins the next sum.</summary>
    public void Clear() => _added = 0;

    /// <summary>Adds the next shard, in their order.</summary>
    /// <exception cref="ArgumentException">It has another length.</exception>
    /// <exception cref="InvalidOperationException">All shards are added.</exception>
    public void Add(ReadOnlySpan<T> shard)
    {
        if (shard.Length != Length)
        {
            throw new ArgumentException($"A shard of {shard.Length} numbers does not fit a sum of {Length}.", nameof(shard));
        }

        AddPart(shard, 0);
        EndShard();
    }

    /// <summary>Adds some of the next shard's numbers; each is added once before <see cref="EndShard"/>, by any thread.</summary>
    /// <param name="part">The numbers.</param>
    /// <param name="start">Where they begin.</param>
    /// <exception cref="InvalidOperationException">All shards are added.</exception>
    public void AddPart(ReadOnlySpan<T> part, int start)
    {
        if (_added == Shards)
        {
            throw new InvalidOperationException($"All {Shards} shards are added.");
        }

        // As a binary counter carries: level k holds a branch of 2^k shards where bit k of the count is set.
        int carries = BitOperations.TrailingZeroCount(~_added);
        int length = part.Length;
        var sum = Part(carries);
        if (carries == 0)
        {
            part.CopyTo(sum);
            return;
        }

        Lanes.Add(Part(0), part, sum);
        for (int level = 1; level < carries; level++)
        {
            Lanes.Add(Part(level), sum, sum);
        }

        Span<T> Part(int level) => _levels[level].AsSpan(start, length);
    }

    /// <summary>Counts a shard whose parts are all added.</summary>
    public void EndShard() => _added++;
}
