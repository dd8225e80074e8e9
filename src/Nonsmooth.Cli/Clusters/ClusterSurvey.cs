using System.Globalization;
using Nonsmooth.Cluster;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Clusters;

/// <summary>Asks and measures all ranks.</summary>
internal static class ClusterSurvey
{
    private const int Numbers = 1 << 18;
    private const string StatusFile = "/proc/self/status";

    /// <summary>What there is; every rank makes the call and gets the report, of which the links are rank 0's alone.</summary>
    /// <exception cref="CommunicationException">A rank does not answer.</exception>
    /// <exception cref="NonsmoothException">libtorch cannot be found.</exception>
    public static ClusterReport Of(ICommunicator ranks, ToolContext context, IReadOnlyList<MpiLibrary> libraries, string? missing)
    {
        LibTorchLibrary.Load();
        var facts = RunMachine.Facts();
        string? differs = null;
        try
        {
            ranks.Agree(facts);
        }
        catch (CommunicationException e)
        {
            // Either what differs, which every rank then knows, or a rank does not answer, which the next call says again.
            differs = e.Message;
        }

        var told = ranks.AllGather($"{Environment.ProcessorCount}\t{facts["instructions"]}\t{Allowed()}").Select(text => text.Split('\t'));
        return new ClusterReport(
            context.Launch.Launcher,
            ranks.Transport,
            [.. libraries.Select(MpiRow.Of)],
            missing,
            MpiRanks.ThreadLevel(ranks),
            [.. told.Select((t, rank) => new RankRow(rank, ranks.Hosts[rank], int.Parse(t[0], CultureInfo.InvariantCulture), t[1], t[2]))],
            differs,
            TestSum.Of(ranks),
            LinkMeasurement.Links(ranks, context.Time),
            int.IsPow2(ranks.Size) ? new Reduction(Numbers * sizeof(float), LinkMeasurement.AllReduce(ranks, context.Time, Numbers)) : null);
    }

    private static string Allowed()
    {
        const string key = "Cpus_allowed_list:";
        return File.Exists(StatusFile) ? File.ReadLines(StatusFile).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim() ?? "" : "";
    }
}
