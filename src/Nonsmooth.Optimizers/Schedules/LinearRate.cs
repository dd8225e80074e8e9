using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>A straight line from <see cref="From"/> at step 1 to <see cref="To"/> one step after the last, which it keeps.</summary>
public sealed record LinearRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="from">Finite, at least 0.</param>
    /// <param name="to">Finite, at least 0.</param>
    /// <param name="steps">At least 1.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public LinearRate(double from, double to, long steps)
    {
        OptionCheck.NonNegative("from", from);
        OptionCheck.NonNegative("to", to);
        OptionCheck.Require(steps >= 1, "steps", steps, "at least 1");
        (From, To, Steps) = (from, to, steps);
    }

    /// <summary>The first value.</summary>
    public double From { get; }

    /// <summary>The last value.</summary>
    public double To { get; }

    /// <summary>How many steps it takes.</summary>
    public long Steps { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        double progress = Math.Min(1, (step - 1) / (double)Steps);
        return ((1 - progress) * From) + (progress * To);
    }
}
