using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>One schedule for so many steps, and then another from its first step on.</summary>
/// <remarks>PyTorch's <c>SequentialLR</c> and optax's <c>join_schedules</c>; for more than two, join again.</remarks>
public sealed record JoinedRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="before">The first.</param>
    /// <param name="steps">How many steps it has, at least 0.</param>
    /// <param name="after">The second.</param>
    /// <exception cref="NonsmoothException"><paramref name="steps"/> is negative.</exception>
    public JoinedRate(IRateSchedule before, long steps, IRateSchedule after)
    {
        OptionCheck.Require(steps >= 0, "steps", steps, "at least 0");
        (Before, Steps, After) = (before, steps, after);
    }

    /// <summary>The first.</summary>
    public IRateSchedule Before { get; }

    /// <summary>How many steps it has.</summary>
    public long Steps { get; }

    /// <summary>The second.</summary>
    public IRateSchedule After { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        return step <= Steps ? Before.RateAt(step) : After.RateAt(step - Steps);
    }
}
