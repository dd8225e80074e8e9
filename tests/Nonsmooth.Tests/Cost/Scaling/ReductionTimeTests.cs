namespace Nonsmooth.Tests.Cost.Scaling;

public sealed class ReductionTimeTests
{
    private static readonly LinkModel _far = new(30e-6, 1e-9), _near = new(2e-6, 1e-11);
    private static readonly ClusterModel _flat = new(_far) { SecondsPerAddedByte = 2e-10 };
    private static readonly ClusterModel _nodes = _flat with { RanksPerNode = 8, Within = _near };

    /// <summary>The message-by-message course of a sum gives the formula, from whenever ranks begin: it ends for all that long after the last.</summary>
    [Theory]
    [InlineData(2, 1e6)]
    [InlineData(16, 1e6)]
    [InlineData(64, 4096)]
    public void TheTreeEndsEverywhereAsTheFormulaSays(int ranks, double bytes)
    {
        foreach (var cluster in new[] { _flat, _nodes })
        {
            double[] begins = [.. Enumerable.Range(0, ranks).Select(r => 1e-3 * ((r * 7) % 5))];
            double[] times = [.. begins];
            bool whole = bytes <= ReductionTime.WholeBytes;
            for (int pass = 0; pass < (whole ? 1 : 2); pass++)
            {
                int levels = int.Log2(ranks);
                foreach (int level in Enumerable.Range(0, levels).Select(l => pass == 0 ? l : levels - 1 - l))
                {
                    int distance = 1 << level;
                    double part = whole ? bytes : bytes / (2 * distance);
                    times = [.. times.Select((t, r) => Math.Max(t, times[r ^ distance]) + cluster.At(distance).Seconds(part) + (pass == 0 ? part * cluster.SecondsPerAddedByte : 0))];
                }
            }

            double expected = begins.Max() + ReductionTime.AllReduce(cluster, ReductionKind.Tree, ranks, bytes);
            Assert.All(times, t => Assert.Equal(expected, t, 1e-12));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(32)]
    public void ARingEndsEverywhereAsTheFormulaSays(int ranks)
    {
        double[] begins = [.. Enumerable.Range(0, ranks).Select(r => 1e-3 * ((r * 7) % 5))];
        double[] times = [.. begins];
        double part = 1e6 / ranks;
        for (int turn = 0; turn < 2 * (ranks - 1); turn++)
        {
            times = [.. times.Select((t, r) => Math.Max(t, times[(r + ranks - 1) % ranks]) + _far.Seconds(part) + (turn < ranks - 1 ? part * _flat.SecondsPerAddedByte : 0))];
        }

        double expected = begins.Max() + ReductionTime.AllReduce(_flat, ReductionKind.Ring, ranks, 1e6);
        Assert.All(times, t => Assert.Equal(expected, t, 1e-12));
    }

    /// <summary>2 (R − 1)/R vectors are what any way of adding must move; the tree and the ring move no more.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(256)]
    public void WithoutLatencyTreeAndRingAreEqual(int ranks)
    {
        var cluster = new ClusterModel(_far with { Latency = 0 });
        double least = 2 * (ranks - 1.0) / ranks * 1e7 * _far.SecondsPerByte;
        Assert.Equal(least, ReductionTime.AllReduce(cluster, ReductionKind.Tree, ranks, 1e7), 1e-12);
        Assert.Equal(least, ReductionTime.AllReduce(cluster, ReductionKind.Ring, ranks, 1e7), 1e-12);
    }

    [Fact]
    public void OneRankTakesNoTimeAndLatencyMakesTheRingTheSlower()
    {
        foreach (var kind in Enum.GetValues<ReductionKind>())
        {
            Assert.Equal(0, ReductionTime.AllReduce(_nodes, kind, 1, 1e6));
        }

        Assert.Equal(2 * (1023 - 10) * _far.Latency, Time(_flat, ReductionKind.Ring, 1024) - Time(_flat, ReductionKind.Tree, 1024), 1e-9);
        Assert.Contains("give a power of two", Assert.Throws<NonsmoothException>(() => Time(_flat, ReductionKind.Ring, 6)).Message, StringComparison.Ordinal);
        Assert.Throws<NonsmoothException>(() => ReductionTime.Broadcasts(_flat, 6, 1, 6));
        Assert.Throws<NonsmoothException>(() => _flat with { RanksPerNode = 6 });
    }

    /// <summary>Over nodes the way out carries (N − 1)/N vectors a node and direction twice, whether ranks go by the tree or by two rings.</summary>
    [Fact]
    public void NodesShareTheirWayOut()
    {
        var cluster = new ClusterModel(new(0, 1e-9)) { RanksPerNode = 8, Within = new(0, 0) };
        double least = 2 * (15.0 / 16) * 1e7 * 1e-9;
        Assert.Equal(least, ReductionTime.AllReduce(cluster, ReductionKind.Tree, 128, 1e7), 1e-12);
        Assert.Equal(least, ReductionTime.AllReduce(cluster, ReductionKind.TwoLevelRing, 128, 1e7), 1e-12);
        Assert.True(least < ReductionTime.AllReduce(cluster, ReductionKind.Ring, 128, 1e7));
        Assert.Equal(0, ReductionTime.AllReduce(cluster, ReductionKind.Ring, 8, 1e7), 1e-12);
    }

    [Fact]
    public void GivingVectorsToAllTakesALevelOfTheTreeEach()
    {
        Assert.Equal(3 * ((5 * 30e-6) + (8e6 * 1e-9)), ReductionTime.Broadcasts(_flat, 8, 5, 8e6), 1e-12);
        Assert.Equal((3 * ((5 * 2e-6) + (8e6 * 1e-11))) + (5 * 30e-6) + (8e6 * 1e-9), ReductionTime.Broadcasts(_nodes, 16, 5, 8e6), 1e-12);
    }

    [Theory]
    [InlineData("5us:12.5GB/s", 5e-6, 12.5e9)]
    [InlineData("30µs:100Gb/s", 30e-6, 12.5e9)]
    [InlineData("0ns:1 kB/s", 0, 1000)]
    [InlineData("1.5ms:1e3MB/s", 1.5e-3, 1e9)]
    public void LinksAreRead(string text, double latency, double bandwidth)
    {
        var link = LinkModel.Parse(text);
        Assert.NotNull(link);
        Assert.Equal(latency, link.Latency, 1e-15);
        Assert.Equal(1, link.Bandwidth / bandwidth, 1e-12);
    }

    [Theory]
    [InlineData("5us")]
    [InlineData("5:12.5GB/s")]
    [InlineData("5us:0GB/s")]
    [InlineData("-5us:1GB/s")]
    [InlineData("5us:1GB")]
    [InlineData("5us:1GB/s:2")]
    [InlineData("NaNs:1GB/s")]
    [InlineData("")]
    public void WhatIsNoLinkIsNotRead(string text) => Assert.Null(LinkModel.Parse(text));

    private static double Time(ClusterModel cluster, ReductionKind kind, int ranks) => ReductionTime.AllReduce(cluster, kind, ranks, 1e7);
}
