using System.Numerics;

namespace Nonsmooth.Cost;

/// <summary>How ranks train together.</summary>
public sealed record ScalingOptions
{
    private readonly int _shards = 8;
    private readonly long _bucketBytes = 4 << 20;

    /// <summary>Shards of a global batch, a power of two. Default 8.</summary>
    /// <exception cref="NonsmoothException">It is not a power of two.</exception>
    public int Shards
    {
        get => _shards;
        init => _shards = BitOperations.IsPow2(value) ? value : throw new NonsmoothException($"shards is {value}: give a power of two, as 64");
    }

    /// <summary>Bytes of gradients that are summed together. Default 4 MiB.</summary>
    /// <exception cref="NonsmoothException">It is below 1.</exception>
    public long BucketBytes
    {
        get => _bucketBytes;
        init => _bucketBytes = value > 0 ? value : throw new NonsmoothException($"bucket is {value} bytes: give at least 1");
    }

    /// <summary>How gradients are added. Default the tree.</summary>
    public ReductionKind Reduction { get; init; }

    /// <summary>Whether each rank keeps and updates a part of the parameters and gives it to the others. Default not.</summary>
    public bool ShardStates { get; init; }
}
