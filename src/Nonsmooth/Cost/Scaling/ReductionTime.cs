using System.Numerics;

namespace Nonsmooth.Cost;

/// <summary>What a sum over ranks takes, by α, β and γ.</summary>
public static class ReductionTime
{
    /// <summary>The longest vector that the tree exchanges whole: below it exchanges cost more than bytes.</summary>
    public const int WholeBytes = 16 << 10;

    /// <summary>Seconds until every rank has the sum, from when the last of them begins.</summary>
    /// <param name="cluster">The ways between ranks.</param>
    /// <param name="kind">How they add.</param>
    /// <param name="ranks">How many, a power of two; 1 takes no time.</param>
    /// <param name="bytes">Of the vector.</param>
    /// <exception cref="NonsmoothException"><paramref name="ranks"/> is not a power of two.</exception>
    public static double AllReduce(ClusterModel cluster, ReductionKind kind, int ranks, double bytes)
    {
        Check(ranks);
        double own = bytes / ranks, added = (ranks - 1) * own * cluster.SecondsPerAddedByte;
        int inside = Math.Min(ranks, cluster.RanksPerNode), nodes = ranks / inside;
        return kind switch
        {
            ReductionKind.Tree when bytes <= WholeBytes => Levels(ranks).Sum(d => cluster.At(d).Seconds(bytes) + (bytes * cluster.SecondsPerAddedByte)),
            ReductionKind.Tree => added + Levels(ranks).Sum(d => 2 * cluster.At(d).Seconds(bytes / (2 * d))),

            // One message a node leaves it at a time, so nobody shares the slowest way.
            ReductionKind.Ring => added + (2 * (ranks - 1) * (nodes > 1 ? cluster.Link : cluster.At(1)).Seconds(own)),
            ReductionKind.TwoLevelRing => added + (2 * (inside - 1) * (inside > 1 ? cluster.At(1) : cluster.Link).Seconds(bytes / inside)) + (2 * (nodes - 1) * cluster.Link.Shared(inside).Seconds(own)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
        };
    }

    /// <summary>Seconds until every rank has some vectors of which one rank each has, given one after the other by a tree.</summary>
    /// <param name="cluster">The ways between ranks.</param>
    /// <param name="ranks">How many, a power of two.</param>
    /// <param name="vectors">How many vectors.</param>
    /// <param name="bytes">Of all of them.</param>
    /// <exception cref="NonsmoothException"><paramref name="ranks"/> is not a power of two.</exception>
    public static double Broadcasts(ClusterModel cluster, int ranks, int vectors, double bytes)
    {
        Check(ranks);

        // One rank of a node sends out of it at a time.
        return Levels(ranks).Select(d => d < cluster.RanksPerNode ? cluster.At(d) : cluster.Link).Sum(link => (vectors * link.Latency) + (bytes * link.SecondsPerByte));
    }

    // How far apart partners are: 1, 2, 4, …
    private static IEnumerable<int> Levels(int ranks)
    {
        for (int distance = 1; distance < ranks; distance *= 2)
        {
            yield return distance;
        }
    }

    private static void Check(int ranks)
    {
        if (!BitOperations.IsPow2(ranks))
        {
            throw new NonsmoothException($"ranks is {ranks}: give a power of two, as 64");
        }
    }
}
