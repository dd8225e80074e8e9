namespace Nonsmooth.Cost;

/// <summary>How long a program is tried.</summary>
public sealed record TrialOptions
{
    /// <summary>Least number of rounds: one run with cold caches, then <see cref="Again"/> more. Default 3.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Most rounds of a short program. Default 8.</summary>
    public int MostRounds { get; init; } = 8;

    /// <summary>Further rounds begin until so much time was timed. Default 2 ms.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Runs a round that follow the first, if the program runs more than once. Default 3.</summary>
    public int Again { get; init; } = 3;

    /// <summary>Bytes written before a round, to empty the caches of a core. Default 4 MiB.</summary>
    public int Evict { get; init; } = 4 << 20;

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
