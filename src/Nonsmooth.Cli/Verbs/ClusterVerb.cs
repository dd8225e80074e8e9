using System.CommandLine;
using Nonsmooth.Cli.Clusters;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cluster;
using Nonsmooth.Settings;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Says which ranks a run would have, how fast they speak, and whether they find the same bits.</summary>
internal sealed class ClusterVerb : Verb
{
    private readonly Option<int?> _processes = Parameters.Of("--processes", Ranges.From(1).OrUnset(), null, "Ranks as threads of this process, where no launcher of MPI started it [default: 2]");
    private readonly Option<double?> _timeout = Parameters.Of("--timeout", Ranges.Positive.OrUnset(), null, "Seconds that a rank waits for another before all are ended [default: 60]");
    private readonly Option<string?> _save = new("--save") { Description = "Write how ranks speak to a file, for nonsmooth cost --link", HelpName = "FILE.json" };

    public ClusterVerb()
        : base(
            "cluster",
            "Say which ranks there are, how fast they speak, and whether all find the same bits: exit code 1 where not",
            "nonsmooth cluster",
            "nonsmooth cluster --processes 4 --json",
            "nonsmooth cluster --save links.json")
    {
        Options.Add(_processes);
        Options.Add(_timeout);
        Options.Add(_save);
    }

    protected override bool IsOverRanks => true;

    protected override int Run(ParseResult parsed, Session session)
    {
        var context = session.Context;
        string? save = parsed.GetValue(_save);
        session.CheckFolder(save);
        var options = new ClusterOptions { Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout) ?? 60), Time = context.Time, Error = context.Error };
        int? processes = parsed.GetValue(_processes);
        int code = ExitCode.Done;
        void Survey(ICommunicator ranks, IReadOnlyList<MpiLibrary> libraries, string? missing, MpiThreadLevel? level)
        {
            var report = ClusterSurvey.Of(ranks, context, libraries, missing, level);
            if (ranks.Rank == 0)
            {
                session.Print(ClusterDocument.Of(report));
                session.Write(save, () => Json.Of(ClusterFile.Of(LinkMeasurement.Model(report.Links, ranks.Hosts, report.Ranks[0].Processors, LinkMeasurement.Addition(context.Time)))));
            }

            if (!report.IsSame)
            {
                Volatile.Write(ref code, ExitCode.Failed);
            }
        }

        if (context.Launch.Launcher is { } launcher)
        {
            if (processes is not null)
            {
                throw new UsageException($"--processes is for one process without a launcher, and {launcher} started this one: leave it out");
            }

            var mpi = MpiLibrary.TryLoad(context.Launch, out string? missing) ?? throw new NonsmoothException($"{launcher} started this process, and there is {missing}");
            MpiRanks.Run(mpi, context.Launch, (ranks, level) => Survey(ranks, [mpi], null, level), options);
            return code;
        }

        var all = MpiLibrary.All(context.Launch);
        string? none = null;
        if (all.Count == 0)
        {
            _ = MpiLibrary.TryLoad(context.Launch, out none);
        }

        Ranks.Run(context.Launch, processes ?? 2, ranks => Survey(ranks, all, none, null), options);
        return code;
    }
}
