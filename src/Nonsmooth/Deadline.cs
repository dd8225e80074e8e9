using System.Globalization;

namespace Nonsmooth;

/// <summary>A time budget that has begun to run.</summary>
internal sealed class Deadline
{
    private readonly TimeBudget _budget;
    private readonly long _start;
    private readonly bool _watches;

    public Deadline(TimeBudget budget)
    {
        if (budget.Limit is { Ticks: < 0 } limit)
        {
            throw new NonsmoothException(string.Create(
                CultureInfo.InvariantCulture, $"a time budget of {limit.TotalSeconds} s: give 0 s or more, or null for no limit"));
        }

        _budget = budget;
        _watches = budget.Limit is not null || budget.Cancellation.CanBeCanceled;
        _start = _watches ? budget.Clock.GetTimestamp() : 0;
    }

    /// <summary>One that never ends.</summary>
    public static Deadline None { get; } = new(TimeBudget.None);

    /// <summary>Why it is over; null while it is not.</summary>
    public string? Over => !_watches ? null
        : _budget.Cancellation.IsCancellationRequested ? string.Create(CultureInfo.InvariantCulture, $"called off after {Spent.TotalSeconds:G3} s")
        : _budget.Limit is { } limit && Spent >= limit ? string.Create(CultureInfo.InvariantCulture, $"the time of {limit.TotalSeconds:G6} s ran out")
        : null;

    private TimeSpan Spent => _budget.Clock.GetElapsedTime(_start);

    /// <summary>Goes on, or leaves the computation.</summary>
    /// <exception cref="OutOfTimeException">It is over.</exception>
    public void Check()
    {
        if (_watches && Over is { } reason)
        {
            throw new OutOfTimeException(reason);
        }
    }
}
