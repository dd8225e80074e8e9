using Nonsmooth.Cost;

namespace Nonsmooth.Cluster;

/// <summary>Measures how fast ranks speak to each other, in some tens of milliseconds a rank. Every rank makes the call.</summary>
public static class LinkMeasurement
{
    private const int ShortRounds = 50;
    private const int LongRounds = 5;
    private const int BothRounds = 24;

    // More than caches hold.
    private const int ColdBytes = 32 << 20;

    /// <summary>The ways between rank 0 and the others, one after the other.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="time">The clock.</param>
    /// <param name="most">How many others at most, from rank 1 on.</param>
    /// <returns>On rank 0; elsewhere nothing.</returns>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    public static IReadOnlyList<Link> Links(ICommunicator ranks, TimeProvider time, int most = 16)
    {
        var links = new List<Link>();
        byte[] data = new byte[ColdBytes], other = new byte[ColdBytes];
        for (int rank = 1; rank < ranks.Size && rank <= most; rank++)
        {
            ranks.Barrier();
            if (ranks.Rank == 0 || ranks.Rank == rank)
            {
                int partner = ranks.Rank == 0 ? rank : 0;
                double latency = Fastest(ShortRounds, time, () => ThereAndBack(ranks, data.AsSpan(0, Link.ShortBytes), partner)) / 2;
                double one = Fastest(LongRounds, time, () => ThereAndBack(ranks, data.AsSpan(0, Link.LongBytes), partner)) / 2;
                double turn = Fastest(ShortRounds, time, () => ranks.Exchange(data.AsSpan(0, Link.ShortBytes), partner, other.AsSpan(0, Link.ShortBytes), partner));
                int place = 0;
                double both = Fastest(BothRounds, time, () => Exchange(ranks, data, other, partner, place = (place + Link.BothBytes) % ColdBytes));
                if (ranks.Rank == 0)
                {
                    links.Add(new Link(rank, ranks.Hosts[rank], latency, Link.LongBytes / one, turn, Link.BothBytes / both));
                }
            }
        }

        ranks.Barrier();
        return links;
    }

    /// <summary>Seconds of a sum over all ranks by <see cref="TreeSum"/>: the fastest of five.</summary>
    /// <param name="ranks">The ranks, a power of two.</param>
    /// <param name="time">The clock.</param>
    /// <param name="length">Numbers in single precision.</param>
    /// <exception cref="NonsmoothException">The number of ranks is not a power of two.</exception>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    public static double AllReduce(ICommunicator ranks, TimeProvider time, int length)
    {
        float[] numbers = new float[length], scratch = new float[length];
        ranks.Barrier();
        return Fastest(LongRounds, time, () => TreeSum.AllReduce<float>(ranks, numbers, scratch));
    }

    /// <summary>Seconds a byte of adding two vectors that no cache holds, on one rank: the fastest of some.</summary>
    /// <param name="time">The clock.</param>
    public static double Addition(TimeProvider time)
    {
        const int length = ColdBytes / sizeof(float);
        float[] left = new float[length], right = new float[length];
        return Fastest(LongRounds, time, () => Lanes.Add<float>(left, right, left)) / ColdBytes;
    }

    /// <summary>The ranks as numbers: the slowest way within rank 0's node and the slowest out of it, each as its line.</summary>
    /// <param name="links">What <see cref="Links"/> measured, on rank 0.</param>
    /// <param name="hosts">Each rank's machine.</param>
    /// <param name="processors">Of a node.</param>
    /// <param name="addition">What <see cref="Addition"/> measured.</param>
    /// <remarks>Where all ranks are on one machine, further ones are as far away as those there.</remarks>
    /// <exception cref="NonsmoothException">There is one rank, or rank 0's node has another number of them than a power of two.</exception>
    public static ClusterModel Model(IReadOnlyList<Link> links, IReadOnlyList<string> hosts, int processors, double addition)
    {
        int inside = hosts.Count(host => host == hosts[0]);
        var within = Slowest(links.Where(link => link.Host == hosts[0]));
        var between = Slowest(links.Where(link => link.Host != hosts[0])) ?? within ?? throw new NonsmoothException("one rank has no link to measure: start two, or give --processes 2");
        return int.IsPow2(inside)
            ? new ClusterModel(between) { Within = within, RanksPerNode = inside, ProcessorsPerNode = processors, SecondsPerAddedByte = addition }
            : throw new NonsmoothException($"{inside} ranks are on {hosts[0]}: start a power of two on each machine to save how they speak");
    }

    private static LinkModel? Slowest(IEnumerable<Link> links)
    {
        LinkModel[] models = [.. links.Select(link => link.Model())];
        return models.Length == 0 ? null : new(models.Max(m => m.Latency), models.Max(m => m.SecondsPerByte));
    }

    private static void Exchange(ICommunicator ranks, byte[] data, byte[] other, int partner, int place) =>
        ranks.Exchange(data.AsSpan(place, Link.BothBytes), partner, other.AsSpan(place, Link.BothBytes), partner);

    private static void ThereAndBack(ICommunicator ranks, Span<byte> data, int partner)
    {
        if (ranks.Rank == 0)
        {
            ranks.Send(data, partner);
            ranks.Receive(data, partner);
        }
        else
        {
            ranks.Receive(data, partner);
            ranks.Send(data, partner);
        }
    }

    private static double Fastest(int rounds, TimeProvider time, Action round)
    {
        double fastest = double.PositiveInfinity;
        for (int i = 0; i <= rounds; i++)
        {
            long begun = time.GetTimestamp();
            round();
            double seconds = time.GetElapsedTime(begun).TotalSeconds;

            // The first touches memory and compiles.
            fastest = i == 0 ? fastest : Math.Min(fastest, seconds);
        }

        return fastest;
    }
}
