namespace Nonsmooth.Cluster;

/// <summary>How ranks wait for each other.</summary>
public sealed record ClusterOptions
{
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(300);

    /// <summary>How long a rank waits for another before all are ended. Default 5 minutes.</summary>
    /// <exception cref="NonsmoothException">It is not positive.</exception>
    public TimeSpan Timeout
    {
        get => _timeout;
        init => _timeout = value > TimeSpan.Zero ? value : throw new NonsmoothException($"timeout is {value.TotalSeconds} s: give more than 0");
    }

    /// <summary>The clock of timeouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where one line goes when a process ends all ranks.</summary>
    public TextWriter Error { get; init; } = Console.Error;

    // Longer messages of MPI go in parts: it counts in 32 bits, and the wait for a part is short where the other rank lives.
    internal int PartBytes { get; init; } = 16 << 20;
}
