using System.CommandLine;
using Nonsmooth.Cli.Clusters;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cluster;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Says which ranks a run would have, how fast they speak, and whether they find the same bits.</summary>
internal sealed class ClusterVerb : Verb
{
    private readonly RankOptions _ranks = new(processes: 2, timeout: 60);
    private readonly Option<string?> _save = new("--save") { Description = "Write how ranks speak to a file, for nonsmooth cost --link", HelpName = "FILE.json" };

    public ClusterVerb()
        : base(
            "cluster",
            "Say which ranks there are, how fast they speak, and whether all find the same bits: exit code 1 where not",
            "nonsmooth cluster",
            "nonsmooth cluster --processes 4 --json",
            "nonsmooth cluster --save links.json")
    {
        _ranks.AddTo(this);
        Options.Add(_save);
    }

    protected override bool IsOverRanks => true;

    protected override int Run(ParseResult parsed, Session session)
    {
        string? save = parsed.GetValue(_save);
        session.CheckFolder(save);
        var launch = session.Context.Launch;
        var mpi = MpiLibrary.TryLoad(launch, out string? missing);
        IReadOnlyList<MpiLibrary> libraries = launch.Launcher is null ? MpiLibrary.All(launch) : mpi is null ? [] : [mpi];
        return _ranks.Run(parsed, session, (ranks, own) =>
        {
            var report = ClusterSurvey.Of(ranks, own.Context, libraries, missing);
            own.Print(ClusterDocument.Of(report));
            own.Write(save, () => Json.Of(ClusterFile.Of(LinkMeasurement.Model(report.Links, ranks.Hosts, report.Processors, LinkMeasurement.Addition(own.Context.Time)))));
            return report.IsSame ? ExitCode.Done : ExitCode.Failed;
        });
    }
}
