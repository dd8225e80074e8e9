namespace Nonsmooth.Cluster;

/// <summary>Measures how fast ranks speak to each other, in a few milliseconds a rank. Every rank makes the call.</summary>
public static class LinkMeasurement
{
    private const int ShortRounds = 50;
    private const int LongRounds = 5;
    private const int LongBytes = 1 << 20;

    /// <summary>The ways between rank 0 and the others, one after the other.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="time">The clock.</param>
    /// <param name="most">How many others at most, from rank 1 on.</param>
    /// <returns>On rank 0; elsewhere nothing.</returns>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    public static IReadOnlyList<Link> Links(ICommunicator ranks, TimeProvider time, int most = 16)
    {
        var links = new List<Link>();
        byte[] data = new byte[LongBytes];
        for (int other = 1; other < ranks.Size && other <= most; other++)
        {
            ranks.Barrier();
            if (ranks.Rank == 0 || ranks.Rank == other)
            {
                int partner = ranks.Rank == 0 ? other : 0;
                double latency = Fastest(ShortRounds, time, () => ThereAndBack(ranks, data.AsSpan(0, 8), partner)) / 2;
                double one = Fastest(LongRounds, time, () => ThereAndBack(ranks, data, partner)) / 2;
                if (ranks.Rank == 0)
                {
                    links.Add(new Link(other, ranks.Hosts[other], latency, LongBytes / one));
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
