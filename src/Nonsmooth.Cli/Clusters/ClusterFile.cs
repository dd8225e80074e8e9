using System.Text.Json;
using Nonsmooth.Cost;
using Nonsmooth.Files;

namespace Nonsmooth.Cli.Clusters;

/// <summary>Ranks and the ways between them as a file has them: what <c>nonsmooth cluster --save</c> writes, and a person may.</summary>
/// <param name="Link">Between nodes.</param>
/// <param name="Within">Between ranks of a node; none where it is as between nodes.</param>
/// <param name="RanksPerNode">Ranks of a node, a power of two; 1 if not given.</param>
/// <param name="ProcessorsPerNode">Processors that they share; none where each has its own.</param>
/// <param name="SecondsPerAddedByte">Of adding one vector to another; 0 if not given.</param>
internal sealed record ClusterFile(LinkRow Link, LinkRow? Within = null, int RanksPerNode = 1, int? ProcessorsPerNode = null, double SecondsPerAddedByte = 0)
{
    private const long LongestFile = 1 << 16;

    public static ClusterFile Of(ClusterModel model) => new(
        LinkRow.Of(model.Link), model.Within is { } within ? LinkRow.Of(within) : null, model.RanksPerNode, model.ProcessorsPerNode, model.SecondsPerAddedByte);

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">There is none, or it says something else: the message names it.</exception>
    public static ClusterModel Read(string path)
    {
        try
        {
            return Documents.Json.Read<ClusterFile>(InputFile.ReadText(path, "cluster", LongestFile)).Model();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NonsmoothException)
        {
            throw new UsageException($"cluster '{path}' cannot be read: {e.Message}; give a file that nonsmooth cluster --save wrote", e);
        }
    }

    private ClusterModel Model()
    {
        if (Link is null || !Link.IsLink || Within is { IsLink: false })
        {
            throw new NonsmoothException("a link has no latency of at least 0 and bandwidth above 0");
        }

        return ProcessorsPerNode < 1 || !(SecondsPerAddedByte >= 0)
            ? throw new NonsmoothException("processorsPerNode is below 1, or secondsPerAddedByte below 0")
            : new ClusterModel(Link.Model()) { Within = Within?.Model(), RanksPerNode = RanksPerNode, ProcessorsPerNode = ProcessorsPerNode, SecondsPerAddedByte = SecondsPerAddedByte };
    }
}

/// <summary>A way between two ranks.</summary>
/// <param name="Latency">Seconds of the shortest message.</param>
/// <param name="Bandwidth">Bytes a second beyond that.</param>
internal sealed record LinkRow(double Latency, double Bandwidth)
{
    /// <summary>Whether it is one.</summary>
    internal bool IsLink => Latency >= 0 && double.IsFinite(Latency) && Bandwidth > 0;

    public static LinkRow Of(LinkModel link) => new(link.Latency, link.Bandwidth);

    public LinkModel Model() => new(Latency, 1 / Bandwidth);
}
