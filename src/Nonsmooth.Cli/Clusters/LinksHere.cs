using Nonsmooth.Cluster;
using Nonsmooth.Cost;

namespace Nonsmooth.Cli.Clusters;

/// <summary>How threads of this process speak, as a stand-in for a network that nobody described.</summary>
internal static class LinksHere
{
    /// <summary>Measures two threads; each further rank is as far away and has a processor of its own.</summary>
    public static ClusterModel Measure(TimeProvider time)
    {
        LinkModel? link = null;
        ThreadRanks.Run(2, ranks => link = LinkMeasurement.Links(ranks, time) is [var first] ? first.Model() : link, new ClusterOptions { Time = time });
        return new ClusterModel(link!) { SecondsPerAddedByte = LinkMeasurement.Addition(time) };
    }
}
