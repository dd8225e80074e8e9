namespace Nonsmooth.Cluster;

/// <summary>How bytes travel between rank 0 and another one.</summary>
/// <param name="Rank">The other rank.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Latency">Seconds that 8 bytes take one way: half the fastest way there and back.</param>
/// <param name="Bandwidth">Bytes a second one way, of a message of 1 MiB, its latency included.</param>
public sealed record Link(int Rank, string Host, double Latency, double Bandwidth);
