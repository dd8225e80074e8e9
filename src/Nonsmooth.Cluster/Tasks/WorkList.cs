namespace Nonsmooth.Cluster;

/// <summary>Numbered tasks, each a function of its number and of the results that it needs: whichever rank does one, the result is the same.</summary>
/// <typeparam name="T">
/// A result. It travels between ranks as JSON, which keeps every number's bits (but a NaN's payload): a type that System.Text.Json writes and reads back whole, a record for example.
/// </typeparam>
/// <param name="Count">How many, from 0 on.</param>
/// <param name="Work">Does one.</param>
public sealed record WorkList<T>(int Count, Func<WorkItem<T>, T> Work)
    where T : class
{
    /// <summary>The tasks, of lower numbers, whose results a task takes: it is handed out when they are there. Default none.</summary>
    public Func<int, IReadOnlyList<int>> Needs { get; init; } = static _ => [];

    /// <summary>How much a task is of the whole, above 0, for <see cref="Progress"/>. Default all are equal.</summary>
    public Func<int, double> Weight { get; init; } = static _ => 1;

    /// <summary>The result of a task that was done earlier; null where it was not. Asked on rank 0 only, before a task is handed out, not always on the caller's thread. Default none is known.</summary>
    public Func<WorkItem<T>, T?>? Known { get; init; }

    /// <summary>Told each result when it is there, in any order. On rank 0 only, one call at a time, not always on the caller's thread: be quick.</summary>
    public Action<WorkResult<T>>? Done { get; init; }

    /// <summary>Told the share of all that is done, from 0 to 1, and the task that moved it; as <see cref="Done"/>, and often.</summary>
    public Action<double, int>? Progress { get; init; }
}

/// <summary>A task that is done.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Value">What it came to.</param>
/// <param name="Elapsed">From handing it out to its result; zero where it was known.</param>
/// <param name="IsKnown">Whether it was done earlier.</param>
public sealed record WorkResult<T>(int Index, T Value, TimeSpan Elapsed, bool IsKnown);
