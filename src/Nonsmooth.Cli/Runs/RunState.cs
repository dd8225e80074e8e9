namespace Nonsmooth.Cli.Runs;

/// <summary>Where a run stands.</summary>
internal enum RunState
{
    /// <summary>A process holds its folder.</summary>
    Running,

    /// <summary>It came to its end.</summary>
    Complete,

    /// <summary>It ended before its last epoch, for it no longer got better.</summary>
    StoppedEarly,

    /// <summary>The user stopped it, and it saved where it was.</summary>
    Interrupted,

    /// <summary>It says that it goes on, and no process holds its folder: it was killed, or failed.</summary>
    BrokenOff,
}
