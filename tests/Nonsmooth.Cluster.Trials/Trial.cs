using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nonsmooth.Randomness;

namespace Nonsmooth.Cluster.Trials;

/// <summary>What ranks do together with numbers that are drawn, and what one would get alone.</summary>
public static class Trial
{
    public const int Shards = 8;

    private const ulong Seed = 77;

    // None, one, fewer than ranks, not a multiple of anything, and beyond what is exchanged whole.
    public static IReadOnlyList<int> Lengths { get; } = [0, 1, 3, 7, 64, 1001, 4096, 4097, 20_011, 65_537];

    /// <summary>SHA-256 of all sums, the same on every rank.</summary>
    public static string Run(ICommunicator ranks)
    {
        CheckMoves(ranks);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int length in Lengths)
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(Sum<float>(ranks, length)));
            hash.AppendData(MemoryMarshal.AsBytes<double>(Sum<double>(ranks, length)));
        }

        string own = Convert.ToHexStringLower(hash.GetHashAndReset());
        return ranks.AllGather(own) is var all && all.All(h => h == own) ? own : throw new InvalidDataException($"ranks have {string.Join(", ", all)}");
    }

    /// <summary>The same by the definition: each number alone, by recursion over the halves of the shards.</summary>
    public static string Expected()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int length in Lengths)
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(ByDefinition<float>([.. Enumerable.Range(0, Shards).Select(s => Draw<float>(s, length))])));
            hash.AppendData(MemoryMarshal.AsBytes<double>(ByDefinition<double>([.. Enumerable.Range(0, Shards).Select(s => Draw<double>(s, length))])));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static T[] ByDefinition<T>(IReadOnlyList<T[]> shards)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T Of(int number, int begin, int count) => count == 1 ? shards[begin][number] : Of(number, begin, count / 2) + Of(number, begin + (count / 2), count / 2);
        return [.. Enumerable.Range(0, shards[0].Length).Select(number => Of(number, 0, shards.Count))];
    }

    /// <summary>Numbers of a shard, of magnitudes that make every order of additions another sum; some are zeros of either sign, and infinite.</summary>
    public static T[] Draw<T>(int shard, int length)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(Seed).Derive((ulong)shard).Sequence();
        var numbers = new T[length];
        for (int i = 0; i < length; i++)
        {
            double number = (random.NextDouble() - 0.5) * Math.Pow(2, random.NextInt32(30));
            int kind = random.NextInt32(40);
            numbers[i] = T.CreateTruncating(kind == 0 ? -0.0 : kind == 1 ? 0 : kind == 2 && shard == i % Shards ? double.PositiveInfinity : number);
        }

        return numbers;
    }

    private static T[] Sum<T>(ICommunicator ranks, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int own = Shards / ranks.Size;
        var sum = new ShardSum<T>(length, own);
        for (int shard = 0; shard < own; shard++)
        {
            sum.Add(Draw<T>((ranks.Rank * own) + shard, length));
        }

        TreeSum.AllReduce(ranks, sum.Sum, new T[length]);
        return sum.Sum.ToArray();
    }

    /// <summary>Broadcasts from every rank, gathers on every rank, and passes texts around a ring.</summary>
    public static void CheckMoves(ICommunicator ranks)
    {
        for (int root = 0; root < ranks.Size; root++)
        {
            foreach (int length in Lengths)
            {
                var numbers = ranks.Rank == root ? Draw<double>(root, length) : new double[length];
                ranks.Broadcast<double>(numbers, root);
                Check(numbers.AsSpan().SequenceEqual(Draw<double>(root, length)), "a broadcast");
            }

            float[] all = ranks.Rank == root ? new float[9 * ranks.Size] : [];
            ranks.Gather<float>(Draw<float>(ranks.Rank, 9), all, root);
            Check(ranks.Rank != root || all.AsSpan().SequenceEqual(Enumerable.Range(0, ranks.Size).SelectMany(r => Draw<float>(r, 9)).ToArray()), "a gather");
        }

        Check(ranks.AllGather(new string('é', 3 * ranks.Rank)).SequenceEqual(Enumerable.Range(0, ranks.Size).Select(r => new string('é', 3 * r))), "a gather of texts");
        if (ranks.Size > 1)
        {
            int before = (ranks.Rank + ranks.Size - 1) % ranks.Size;
            byte[] sent = new byte[40_000 + ranks.Rank], received = new byte[40_000 + before];
            sent[^1] = (byte)ranks.Rank;
            ranks.Exchange(sent, (ranks.Rank + 1) % ranks.Size, received, before);
            Check(received[^1] == before, "an exchange");
        }
    }

    private static void Check(bool isTrue, string what)
    {
        if (!isTrue)
        {
            throw new InvalidDataException($"{what} gave something else");
        }
    }
}
