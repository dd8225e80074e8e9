namespace Nonsmooth.Tests.Cost.Scaling;

public sealed class StepForecastTests
{
    // A shard of 100 ms whose gradients of 8, 8 and 4 MB are ready after 40, 70 and 100 ms.
    private static readonly GradientTimeline _timeline = new(0.1, 0.02, [new("a", 0.1, 4_000_000), new("b", 0.07, 8_000_000), new("c", 0.04, 8_000_000)]);
    private static readonly ScalingOptions _each = new() { Shards = 4, BucketBytes = 1 };

    [Fact]
    public void SumsHideBehindTheSweepButForTheLast()
    {
        // 2 ranks at 1 GB/s: a vector of n bytes takes n ns.
        var fast = StepForecast.Of(_timeline, new ClusterModel(new(0, 1e-9)), 2, _each);
        Assert.Equal(0.2, fast.Compute, 1e-12);
        Assert.Equal(0.02, fast.Link, 1e-12);
        Assert.Equal(0.004, fast.Exposed, 1e-12);
        Assert.Equal(fast.Unhideable, fast.Exposed, 1e-12);
        Assert.Equal(0.224, fast.Step, 1e-12);

        // At a tenth of that the link is busy from 140 ms, where the first gradient of the second shard is ready, to 340 ms.
        var slow = StepForecast.Of(_timeline, new ClusterModel(new(0, 1e-8)), 2, _each);
        Assert.Equal(0.14, slow.Exposed, 1e-12);
        Assert.Equal(0.14 / slow.Step, slow.ExposedShare, 1e-12);

        // All in one bucket: nothing begins before the end.
        Assert.Equal(0.02, StepForecast.Of(_timeline, new ClusterModel(new(0, 1e-9)), 2, _each with { BucketBytes = 1 << 30 }).Exposed, 1e-12);
    }

    [Fact]
    public void AddingShardsTakesTime()
    {
        var cluster = new ClusterModel(new(0, 0)) { SecondsPerAddedByte = 1e-9 };
        Assert.Equal(2 * (0.1 + 0.02), StepForecast.Of(_timeline, cluster, 2, _each).Compute, 1e-12);
        Assert.Equal(0.1, StepForecast.Of(_timeline, cluster, 1, _each with { Shards = 1 }).Compute, 1e-12);
    }

    [Fact]
    public void BucketsAreFullButForTheLast()
    {
        Assert.Equal([(0.07, 16_000_000L), (0.1, 4_000_000L)], _timeline.Buckets(9_000_000).Select(b => (b.Seconds, b.Bytes)));
        Assert.Equal(3, _timeline.Buckets(1).Count);
        Assert.Equal(_timeline.Bytes, Assert.Single(_timeline.Buckets(long.MaxValue)).Bytes);
    }

    [Fact]
    public void StatesAreDividedAndParametersGathered()
    {
        var step = StepForecast.Of(_timeline, new ClusterModel(new(0, 1e-9)), 2, _each with { ShardStates = true });
        Assert.Equal(0.02 * 12 / 20, step.Optimizer, 1e-12);
        Assert.Equal(0.02, step.Gather, 1e-12);
        Assert.Equal((0.02, 0.0), (StepForecast.Of(_timeline, new ClusterModel(new(0, 1e-9)), 1, _each with { ShardStates = true }) is var one ? (one.Optimizer, one.Gather) : default));
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 12)]
    [InlineData(4, 8)]
    [InlineData(9, 8)]
    public void StatesAreDealtAsWholeParametersInOrder(int ranks, long largest)
    {
        Assert.Equal(largest, StateShards.Largest([4, 8, 8], ranks));
        var parts = StateShards.Parts([4, 8, 8], ranks);
        Assert.Equal(ranks, parts.Length);
        Assert.Equal([0, 1, 2], parts.SelectMany(part => Enumerable.Range(0, 3).Take(part)));
    }

    [Fact]
    public void WithoutProcessorsToSpareNothingHides()
    {
        var cluster = new ClusterModel(new(0, 1e-9)) { RanksPerNode = 4, ProcessorsPerNode = 2, Within = new(0, 1e-9) };
        Assert.Equal((0.4, 0.0), (Of(1).Compute, Of(1).Exposed));
        Assert.Equal(0.2, Of(2).Compute, 1e-12);
        Assert.Equal(0.02, Of(2).Exposed, 1e-12);
        Assert.Equal(0.2, Of(4).Compute, 1e-12);
        Assert.Equal(2 * 0.03, Of(4).Exposed, 1e-12);

        StepForecast Of(int ranks) => StepForecast.Of(_timeline, cluster, ranks, _each);
    }

    [Fact]
    public void MoreRanksThanShardsAreRefused() =>
        Assert.Contains("give at least a shard a rank", Assert.Throws<NonsmoothException>(() => StepForecast.Of(_timeline, new ClusterModel(new(0, 0)), 8, _each)).Message, StringComparison.Ordinal);

    [Fact]
    public void ADeviceIsTwoRates()
    {
        // Two products: the gradient of the second's weight is ready before that of the first's.
        var program = Program.Trace(
            [("x", new Shape(4, 8)), ("w", new Shape(8, 16)), ("v", new Shape(16, 2))], a => [("loss", MatMul(MatMul(a[0], a[1]), a[2]).Sum())]);
        var report = CostAnalysis.Analyze(program, new CostOptions { WithRespectTo = ["w", "v"] });
        var timeline = GradientTimeline.Of(program, report, ["w", "v"], new DeviceRate(1e9, 1e30), 28);
        Assert.Equal([("w", 4 * 8 * 16L), ("v", 4 * 16 * 2L)], timeline.Gradients.Select(g => (g.Name, g.Bytes)));
        Assert.Equal(["v", "w"], timeline.Buckets(1).Select(g => g.Name));

        // 4·8·16 and 4·16·2 multiply-adds, of which the sweep does each twice but for the derivative in x.
        Assert.Equal(2e-9 * (512 + 128 + 256 + 512), timeline.Compute, 1e-18);
        Assert.Equal(2e-9 * (512 + 128 + 256), timeline.Gradients[1].Seconds, 1e-18);
        Assert.Equal(timeline.Compute, timeline.Gradients[0].Seconds, 1e-18);
        Assert.Equal(160 * 28 / 1e30, timeline.Optimizer, 1e-40);
        Assert.Equal(report.Nodes.Sum(n => n.Forward.Bytes + n.Backward.Bytes) / 1e6, GradientTimeline.Of(program, report, ["w", "v"], new DeviceRate(1e30, 1e6), 28).Compute, 1e-12);
    }

    [Theory]
    [InlineData("50T:1.5TB/s", 50e12, 1.5e12)]
    [InlineData("1e9:8Gb/s", 1e9, 1e9)]
    public void DevicesAreRead(string text, double flops, double bytes) => Assert.Equal(new DeviceRate(flops, bytes), DeviceRate.Parse(text));

    [Theory]
    [InlineData("50T")]
    [InlineData("0:1GB/s")]
    [InlineData("50X:1GB/s")]
    public void WhatIsNoDeviceIsNotRead(string text) => Assert.Null(DeviceRate.Parse(text));
}
