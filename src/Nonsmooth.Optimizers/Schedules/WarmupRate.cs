using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>
/// A linear rise over the first W steps to the first rate of another schedule, which then runs from its
/// first step on: r₁t/W for t ≤ W, then r(t − W).
/// </summary>
public sealed record WarmupRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="warmup">W, at least 0.</param>
    /// <param name="after">What comes after the rise.</param>
    /// <exception cref="NonsmoothException"><paramref name="warmup"/> is negative.</exception>
    public WarmupRate(long warmup, IRateSchedule after)
    {
        OptionCheck.Require(warmup >= 0, "warmup", warmup, "at least 0");
        (Warmup, After) = (warmup, after);
    }

    /// <summary>How many steps the rise takes.</summary>
    public long Warmup { get; }

    /// <summary>What comes after the rise.</summary>
    public IRateSchedule After { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        return step <= Warmup ? After.RateAt(1) * step / Warmup : After.RateAt(step - Warmup);
    }
}
