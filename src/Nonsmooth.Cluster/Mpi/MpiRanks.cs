namespace Nonsmooth.Cluster;

/// <summary>Ranks that are processes, started by a launcher of MPI.</summary>
public static class MpiRanks
{
    /// <summary>Does this process' share of the work, and ends all processes where it fails.</summary>
    /// <param name="mpi">The library.</param>
    /// <param name="launch">What the launcher said.</param>
    /// <param name="work">The work of a rank.</param>
    /// <param name="options">How ranks wait for each other; null for the defaults.</param>
    /// <remarks>
    /// Where the work throws, one line with rank, host and reason is written, and MPI_Abort ends every rank: the call does not come back. Where it does
    /// come back, MPI has been finalised.
    /// </remarks>
    /// <exception cref="CommunicationException">MPI cannot start, or has been started before in this process.</exception>
    public static void Run(MpiLibrary mpi, MpiLaunch launch, Action<ICommunicator> work, ClusterOptions? options = null)
    {
        using var ranks = MpiCommunicator.Start(mpi, options ?? new ClusterOptions(), launch);
#pragma warning disable CA1031 // Every failure ends all ranks; a defect is written with its trace.
        try
        {
            work(ranks);
        }
        catch (CommunicationException e)
        {
            ranks.AbortWithLine(e.Message);
        }
        catch (NonsmoothException e)
        {
            ranks.Abort(e.Message);
        }
        catch (Exception e)
        {
            ranks.Abort(e.ToString());
        }
#pragma warning restore CA1031
    }
    /// <summary>Which threads may call the library; null of a rank that is no process of MPI's.</summary>
    public static MpiThreadLevel? ThreadLevel(ICommunicator ranks) => (ranks as MpiCommunicator)?.ThreadLevel;
}
