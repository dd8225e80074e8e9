using System.Collections;
using System.Globalization;

namespace Nonsmooth.Cluster;

/// <summary>What a launcher told this process: whether it is one rank of several, and which library of MPI suits.</summary>
/// <param name="Launcher">Who started it, in words; null where nobody did.</param>
/// <param name="Size">Ranks started; 1 where nobody did.</param>
/// <param name="Libraries">Names or paths of libraries to try, in order.</param>
public sealed record MpiLaunch(string? Launcher, int Size, IReadOnlyList<string> Libraries)
{
    /// <summary>The environment variable that names the library to take, before all others.</summary>
    public const string Variable = "NONSMOOTH_MPI";

    private static readonly string[] _openMpi = ["libmpi.so.40", "libmpi.so.80", "libmpi.so"];
    private static readonly string[] _mpich = ["libmpich.so.12", "libmpi.so.12", "libmpi.so"];

    /// <summary>Nobody started it.</summary>
    public static MpiLaunch None { get; } = new(null, 1, [.. _openMpi, .. _mpich]);

    /// <summary>What this process' environment says.</summary>
    public static MpiLaunch FromEnvironment() => Of(Environment.GetEnvironmentVariables());

    /// <summary>What an environment says: of Open MPI's launcher, of one that speaks PMI as MPICH's, or of Slurm's with either.</summary>
    public static MpiLaunch Of(IDictionary environment)
    {
        int? Number(string name) => int.TryParse(environment[name] as string, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        string[] own = environment[Variable] is string { Length: > 0 } path ? [path] : [];
        return Number("OMPI_COMM_WORLD_SIZE") is { } open ? new("mpirun of Open MPI", open, own.Length > 0 ? own : _openMpi)
            : Number("PMI_SIZE") is { } pmi ? new("a launcher with PMI, as MPICH's mpirun", pmi, own.Length > 0 ? own : _mpich)
            : environment["PMIX_RANK"] is string && Number("SLURM_NTASKS") is { } tasks ? new("srun with PMIx", tasks, own.Length > 0 ? own : [.. _openMpi, .. _mpich])
            : None with { Libraries = own.Length > 0 ? own : None.Libraries };
    }
}
