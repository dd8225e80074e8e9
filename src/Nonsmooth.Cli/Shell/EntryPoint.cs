using Nonsmooth.Cluster;

namespace Nonsmooth.Cli.Shell;

/// <summary>Where the process starts.</summary>
internal static class EntryPoint
{
    private static int Main(string[] arguments)
    {
        bool isLaunched = MpiLaunch.FromEnvironment().Launcher is not null;
        if (isLaunched)
        {
            // The runtime would begin its output with the keys of the terminal that Open MPI gives each rank.
            Environment.SetEnvironmentVariable("TERM", "dumb");
        }

        using var interrupt = new Interrupt(isLaunched);
        return Tool.Run(arguments, ToolContext.OfProcess(interrupt.Take));
    }
}
