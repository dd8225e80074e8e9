namespace Nonsmooth;

/// <summary>How long an answer may take, and what calls it off. An answer that is stopped is unknown, and says what it had found.</summary>
/// <param name="Limit">The most it may take, 0 or more; null for no limit. It is looked at between operations, each of which ends.</param>
/// <param name="Cancellation">What calls it off.</param>
public sealed record TimeBudget(TimeSpan? Limit = null, CancellationToken Cancellation = default)
{
    /// <summary>No limit.</summary>
    public static TimeBudget None { get; } = new();

    /// <summary>What tells the time. Default the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
