using Nonsmooth.Cluster;

namespace Nonsmooth.Cli.Clusters;

/// <summary>What ranks are there, and what they measured.</summary>
/// <param name="Launcher">Who started this process; null where nobody did.</param>
/// <param name="Transport">What carries bytes between ranks.</param>
/// <param name="Libraries">The libraries of MPI that can be loaded; under a launcher the one in use.</param>
/// <param name="Missing">Why there is none; null where there is one.</param>
/// <param name="ThreadLevel">Which threads may call the library; null where it was not started.</param>
/// <param name="Ranks">Each rank.</param>
/// <param name="Differs">The first rank that differs from rank 0, and in what; null where none does.</param>
/// <param name="Sum">The bits of a sum that each rank found.</param>
/// <param name="Links">The ways between rank 0 and others.</param>
/// <param name="Reduction">The time of a sum over all ranks; null where their number is not a power of two.</param>
internal sealed record ClusterReport(
    string? Launcher,
    string Transport,
    IReadOnlyList<MpiRow> Libraries,
    string? Missing,
    MpiThreadLevel? ThreadLevel,
    IReadOnlyList<RankRow> Ranks,
    string? Differs,
    TestSum Sum,
    IReadOnlyList<Link> Links,
    Reduction? Reduction)
{
    /// <summary>Whether a run over these ranks has the bits of one process.</summary>
    public bool IsSame => Differs is null && Sum.IsSame;

    /// <summary>Processors of rank 0's machine that its ranks may use: those that have the same share them.</summary>
    internal int Processors => Ranks.Where(r => r.Host == Ranks[0].Host).DistinctBy(r => r.Allowed).Sum(r => r.Processors);
}

/// <summary>A library of MPI.</summary>
internal sealed record MpiRow(string Name, string Path, string Standard)
{
    public static MpiRow Of(MpiLibrary mpi) => new(mpi.Name, mpi.Path, mpi.Standard.ToString());
}

/// <summary>A rank.</summary>
/// <param name="Rank">Its number.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Processors">How many processors it may use.</param>
/// <param name="Instructions">What libtorch's kernels are made of there.</param>
/// <param name="Allowed">Which processors of its machine those are, as 0-3; empty where the system does not say.</param>
internal sealed record RankRow(int Rank, string Host, int Processors, string Instructions, string Allowed);

/// <summary>A sum over all ranks.</summary>
internal sealed record Reduction(long Bytes, double Seconds);
