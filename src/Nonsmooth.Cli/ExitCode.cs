namespace Nonsmooth.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int BadUsage = 2;

    /// <summary>The user stopped it: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
