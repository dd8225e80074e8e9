using System.Numerics;

namespace Nonsmooth.Cost;

/// <summary>Ranks and the ways between them, as numbers: nodes of equally many consecutive ranks, one way out of each node that its ranks share.</summary>
/// <param name="Link">Between nodes; between ranks where a node has one.</param>
public sealed record ClusterModel(LinkModel Link)
{
    private readonly int _ranksPerNode = 1;

    /// <summary>Ranks of a node, a power of two. Default 1.</summary>
    /// <exception cref="NonsmoothException">It is not a power of two.</exception>
    public int RanksPerNode
    {
        get => _ranksPerNode;
        init => _ranksPerNode = BitOperations.IsPow2(value) ? value : throw new NonsmoothException($"ranks of a node are {value}: give a power of two, as 8");
    }

    /// <summary>Between ranks of a node; null where it is as between nodes.</summary>
    public LinkModel? Within { get; init; }

    /// <summary>Processors of a node, of which a rank takes one; null where every rank has its own.</summary>
    public int? ProcessorsPerNode { get; init; }

    /// <summary>γ: seconds of adding a byte of one vector to another. Default 0.</summary>
    public double SecondsPerAddedByte { get; init; }

    /// <summary>By what the work of so many ranks takes longer, for want of processors.</summary>
    public double Slowdown(int ranks) => ProcessorsPerNode is { } processors ? Math.Max(1, (double)Math.Min(ranks, RanksPerNode) / processors) : 1;

    /// <summary>Whether sums over so many ranks run beside their work: every rank has a processor of its own for them, or a node has one to spare.</summary>
    public bool Overlaps(int ranks) => ProcessorsPerNode is not { } processors || Math.Min(ranks, RanksPerNode) < processors;

    /// <summary>The way between ranks so far apart in number, where every rank of a node sends at once.</summary>
    public LinkModel At(int distance) => distance < RanksPerNode ? Within ?? Link : Link.Shared(RanksPerNode);
}
