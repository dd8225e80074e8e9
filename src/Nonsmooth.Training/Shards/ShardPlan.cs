using System.Numerics;
using Nonsmooth.Cluster;

namespace Nonsmooth.Training.Shards;

/// <summary>Which parts of each step a rank computes: a step has so many batches, each of them so many shards, and a rank the same consecutive shards of each.</summary>
/// <param name="Shards">Shards of a batch, a power of two.</param>
/// <param name="Batches">Batches of a step.</param>
/// <param name="Rank">Who it is, from 0.</param>
/// <param name="Ranks">How many there are, a power of two up to <paramref name="Shards"/>.</param>
internal readonly record struct ShardPlan(int Shards, int Batches, int Rank = 0, int Ranks = 1)
{
    /// <summary>The first of the rank's shards.</summary>
    public int First => Rank * Own;

    /// <summary>How many shards the rank has.</summary>
    public int Own => Shards / Ranks;

    /// <summary>How many gradients it computes in a step.</summary>
    public int Takes => Own * Batches;

    /// <summary>How many gradients all ranks compute in a step.</summary>
    public int PerStep => Shards * Batches;

    /// <summary>Whether it makes sums in the order of the tree.</summary>
    public bool IsSharded => Shards > 1;

    /// <summary>The plan of a rank.</summary>
    /// <exception cref="NonsmoothException">So many ranks cannot share so many shards.</exception>
    public static ShardPlan Of(int shards, int batches, ICommunicator ranks) => BitOperations.IsPow2(ranks.Size) && ranks.Size <= shards
        ? new(shards, batches, ranks.Rank, ranks.Size)
        : throw new NonsmoothException($"{ranks.Size} ranks cannot share {shards} shard{(shards == 1 ? "" : "s")}: start {Choices(shards)}{(BitOperations.IsPow2(ranks.Size) ? $", or give --shards {ranks.Size}" : "")}");

    /// <summary>The number in its epoch of what is computed next: shard after shard, of each its batches in turn.</summary>
    /// <param name="step">The step of the epoch, from 0.</param>
    /// <param name="take">From 0 to <see cref="Takes"/>.</param>
    public int Place(int step, int take) => (((step * Batches) + (take % Batches)) * Shards) + First + (take / Batches);

    private static string Choices(int shards) => shards == 1 ? "1" : $"{string.Join(", ", Enumerable.Range(0, BitOperations.Log2((uint)shards)).Select(k => 1 << k))} or {shards}";
}
