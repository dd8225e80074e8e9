using Nonsmooth.Cost;

namespace Nonsmooth.Cluster;

/// <summary>How bytes travel between rank 0 and another one.</summary>
/// <param name="Rank">The other rank.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Latency">Seconds that 8 bytes take one way: half the fastest way there and back.</param>
/// <param name="Bandwidth">Bytes a second one way, of a message of 1 MiB, its latency included.</param>
/// <param name="Turn">Seconds in which both send 8 bytes at once, as sums do.</param>
/// <param name="BothWays">Bytes a second each way where both send 4 MiB at once that no cache holds, as sums of gradients do.</param>
public sealed record Link(int Rank, string Host, double Latency, double Bandwidth, double Turn, double BothWays)
{
    internal const int ShortBytes = 8;
    internal const int LongBytes = 1 << 20;
    internal const int BothBytes = 4 << 20;

    /// <summary>α and β of the line through both exchanges.</summary>
    public LinkModel Model()
    {
        double beta = Math.Max(0, (BothBytes / BothWays) - Turn) / (BothBytes - ShortBytes);
        return new LinkModel(Math.Max(0, Turn - (ShortBytes * beta)), beta);
    }
}
