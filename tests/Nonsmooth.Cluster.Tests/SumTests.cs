using System.Runtime.InteropServices;
using CsCheck;
using Nonsmooth.Cluster.Trials;

namespace Nonsmooth.Cluster.Tests;

public sealed class SumTests
{
    private static readonly Lazy<string> _expected = new(Trial.Expected);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void EveryNumberOfRanksGivesTheBitsOfTheDefinition(int size)
    {
        int ended = 0;
        ThreadRanks.Run(size, ranks =>
        {
            Assert.Equal(_expected.Value, Trial.Run(ranks));
            Interlocked.Increment(ref ended);
        });
        Assert.Equal(size, ended);
    }

    [Fact]
    public void OneProcessGivesTheBitsOfTheDefinition()
    {
        using var alone = new SingleCommunicator();
        Assert.Equal(_expected.Value, Trial.Run(alone));
    }

    [Fact]
    public void ADifferentOrderGivesOtherBits()
    {
        float[][] shards = [.. Enumerable.Range(0, Trial.Shards).Select(s => Trial.Draw<float>(s, 1000))];
        var inTurn = shards.Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]);
        Assert.False(Bits(TreeSum.Of(shards)).SequenceEqual(Bits(inTurn)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(64)]
    public void ShardsOfOneRankAreAddedAsDefined(int shards)
    {
        float[][] drawn = [.. Enumerable.Range(0, shards).Select(s => Trial.Draw<float>(s, 333))];
        Assert.Equal(Bits(Trial.ByDefinition(drawn)), Bits(TreeSum.Of(drawn)));
    }

    /// <summary>Each number passes through log₂ G additions, each off by half a unit of the sum of magnitudes at most.</summary>
    [Fact]
    public void SumsAreNearExactOnes() => Gen.Select(Gen.Double[-1e6, 1e6].Array[5].Array[8], Gen.Int[0, 3]).Sample((shards, log) =>
    {
        var sum = new double[5];
        ThreadRanks.Run(1 << log, ranks =>
        {
            int own = 8 / ranks.Size;
            var part = new ShardSum<double>(5, own);
            foreach (var shard in shards.Skip(ranks.Rank * own).Take(own))
            {
                part.Add(shard);
            }

            TreeSum.AllReduce(ranks, part.Sum, new double[5]);
            if (ranks.Rank == ranks.Size - 1)
            {
                part.Sum.CopyTo(sum);
            }
        });
        for (int i = 0; i < 5; i++)
        {
            decimal exact = shards.Sum(s => (decimal)s[i]);
            Assert.True(Math.Abs((double)((decimal)sum[i] - exact)) <= 1e-7 + (4 * 3 * Math.ScaleB(1, -53) * shards.Sum(s => Math.Abs(s[i]))));
        }
    }, iter: 40, threads: 1);

    [Fact]
    public void NotANumberStaysOneForAnyNumberOfRanks()
    {
        foreach (int size in (int[])[1, 2, 8])
        {
            ThreadRanks.Run(size, ranks =>
            {
                float[] numbers = [ranks.Rank == size - 1 ? float.NaN : 1, ranks.Rank == 0 ? float.PositiveInfinity : 0, 1];
                TreeSum.AllReduce<float>(ranks, numbers, new float[3]);
                Assert.Equal([float.NaN, float.PositiveInfinity, size], numbers);
            });
        }
    }

    [Fact]
    public void OtherNumbersThanPowersOfTwoAreRefused()
    {
        Assert.Contains("shards is 6", Assert.Throws<NonsmoothException>(() => new ShardSum<float>(1, 6)).Message, StringComparison.Ordinal);
        Assert.Throws<NonsmoothException>(() => new ShardSum<float>(1, 0));
        Assert.Throws<NonsmoothException>(() => TreeSum.Of<float>([]));
        Assert.Contains("there are 3 ranks: start a power of two of them, as 2", Assert.Throws<CommunicationException>(
            () => ThreadRanks.Run(3, ranks => TreeSum.AllReduce<float>(ranks, new float[1], new float[1]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AShardSumSaysWhatIsMissing()
    {
        var sum = new ShardSum<float>(2, 2);
        sum.Add([1, 2]);
        Assert.Contains("1 of 2", Assert.Throws<InvalidOperationException>(() => sum.Sum.Length).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => sum.Add([1]));
        sum.Add([3, 4]);
        Assert.Equal([4f, 6], sum.Sum);
        Assert.Throws<InvalidOperationException>(() => sum.Add([1, 2]));
        sum.Clear();
        sum.Add([5, 6]);
        sum.Add([0, 0]);
        Assert.Equal([5f, 6], sum.Sum);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void TheTestSumHasTheSameBitsEverywhere(int size)
    {
        var sums = new TestSum[size];
        ThreadRanks.Run(size, ranks => sums[ranks.Rank] = TestSum.Of(ranks));
        Assert.All(sums, sum => Assert.True(sum.IsSame && sum.Alone.Count == size && sum.Together is null == (size == 3)));
        Assert.Single(sums.SelectMany(s => s.Alone).Distinct());
        Assert.False((sums[0] with { Alone = [.. sums[0].Alone.Take(size - 1), "ab", "cd"] }).IsSame);
    }

    private static byte[] Bits(float[] numbers) => MemoryMarshal.AsBytes<float>(numbers).ToArray();
}
