namespace Nonsmooth.Cluster;

/// <summary>Runs work over the ranks that there are: those of a launcher of MPI, or threads of this process.</summary>
public static class Ranks
{
    /// <summary>Does the work on each rank and comes back when this process' are done.</summary>
    /// <param name="launch">What a launcher said: <see cref="MpiLaunch.FromEnvironment"/>.</param>
    /// <param name="threads">Ranks where nobody launched this process.</param>
    /// <param name="work">The work of a rank.</param>
    /// <param name="options">How ranks wait for each other; null for the defaults.</param>
    /// <remarks>As <see cref="MpiRanks.Run"/> or <see cref="ThreadRanks.Run(int, Action{ICommunicator}, ClusterOptions?)"/>; one rank alone waits for nobody.</remarks>
    /// <exception cref="CommunicationException">Ranks cannot go on together, or MPI was asked for and is not there.</exception>
    public static void Run(MpiLaunch launch, int threads, Action<ICommunicator> work, ClusterOptions? options = null)
    {
        if (launch.Launcher is { } launcher)
        {
            var mpi = MpiLibrary.TryLoad(launch, out string? why) ?? throw new CommunicationException($"{launcher} started this process, and there is {why}");
            MpiRanks.Run(mpi, launch, work, options);
        }
        else if (threads == 1)
        {
            using var alone = new SingleCommunicator();
            work(alone);
        }
        else
        {
            ThreadRanks.Run(threads, work, options);
        }
    }
}
