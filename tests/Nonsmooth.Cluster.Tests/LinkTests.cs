using Nonsmooth.Cost;

namespace Nonsmooth.Cluster.Tests;

public sealed class LinkTests
{
    [Fact]
    public void AlphaAndBetaAreTheLineThroughBothMessages()
    {
        var model = new LinkModel(5e-6, 1e-10);
        var link = new Link(1, "here", 1, 1, model.Seconds(8), (4 << 20) / model.Seconds(4 << 20));
        Assert.Equal(model.Latency, link.Model().Latency, 1e-15);
        Assert.Equal(model.SecondsPerByte, link.Model().SecondsPerByte, 1e-20);
    }

    [Fact]
    public void TheSlowestWaysWithinANodeAndOutOfItMakeTheModel()
    {
        Link Between(int rank, string host, LinkModel m) => new(rank, host, 1, 1, m.Seconds(8), (4 << 20) / m.Seconds(4 << 20));
        var model = LinkMeasurement.Model(
            [Between(1, "a", new(1e-6, 1e-11)), Between(2, "b", new(9e-6, 1e-10)), Between(3, "b", new(5e-6, 3e-10))], ["a", "a", "b", "b"], 64, 2e-11);
        Assert.Equal((2, 64, 2e-11), (model.RanksPerNode, model.ProcessorsPerNode, model.SecondsPerAddedByte));
        Assert.Equal(1e-6, model.Within!.Latency, 1e-12);
        Assert.Equal(9e-6, model.Link.Latency, 1e-12);
        Assert.Equal(3e-10, model.Link.SecondsPerByte, 1e-20);
        Assert.Contains("start two", Assert.Throws<NonsmoothException>(() => LinkMeasurement.Model([], ["a"], 2, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThreadsHereAreMeasured() => ThreadRanks.Run(2, ranks =>
    {
        var links = LinkMeasurement.Links(ranks, TimeProvider.System);
        if (ranks.Rank == 0)
        {
            var model = LinkMeasurement.Model(links, ranks.Hosts, 2, LinkMeasurement.Addition(TimeProvider.System));
            Assert.InRange(model.Link.Bandwidth, 1e7, 1e12);
            Assert.InRange(model.SecondsPerAddedByte, 1e-13, 1e-8);
        }
    });
}
