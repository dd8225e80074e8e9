using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nonsmooth.Randomness;

namespace Nonsmooth.Cluster;

/// <summary>A sum whose bits every rank finds, alone and together with the others.</summary>
/// <param name="Alone">SHA-256 of the bits that each rank finds by itself, by rank.</param>
/// <param name="Together">SHA-256 of what each rank has of the sum over all ranks, by rank; null where their number is not a power of two.</param>
public sealed record TestSum(IReadOnlyList<string> Alone, IReadOnlyList<string>? Together)
{
    private const int Shards = 8;

    // Not a multiple of a register's, and long enough to be halved.
    private const int Length = 5003;

    /// <summary>Whether all bits are the same.</summary>
    public bool IsSame => Alone.Concat(Together ?? []).Distinct().Count() == 1;

    /// <summary>Adds shards of numbers that are drawn, of magnitudes that make every order of additions another sum. Every rank makes the call.</summary>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    public static TestSum Of(ICommunicator ranks)
    {
        int shards = Math.Max(Shards, ranks.Size), own = shards / ranks.Size;
        bool isPower = int.IsPow2(ranks.Size);
        var whole = new ShardSum<float>(Length, isPower ? shards : Shards);
        for (int shard = 0; shard < whole.Shards; shard++)
        {
            whole.Add(Shard(shard));
        }

        var alone = ranks.AllGather(Hash(whole.Sum));
        if (!isPower)
        {
            return new TestSum(alone, null);
        }

        var part = new ShardSum<float>(Length, own);
        for (int shard = 0; shard < own; shard++)
        {
            part.Add(Shard((ranks.Rank * own) + shard));
        }

        TreeSum.AllReduce(ranks, part.Sum, new float[Length]);
        return new TestSum(alone, ranks.AllGather(Hash(part.Sum)));
    }

    private static float[] Shard(int shard)
    {
        var random = new CounterRandom(20).Derive((ulong)shard).Sequence();
        return [.. Enumerable.Range(0, Length).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(2, random.NextInt32(24))))];
    }

    private static string Hash(ReadOnlySpan<float> numbers) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(numbers)));
}
