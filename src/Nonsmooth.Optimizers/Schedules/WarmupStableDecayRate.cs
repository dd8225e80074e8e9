using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>
/// A linear rise peak·t/W over the first W steps, the peak, and over the last D of T steps a straight fall
/// that reaches <see cref="Floor"/> at step T and keeps it.
/// </summary>
public sealed record WarmupStableDecayRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="peak">Finite, at least 0.</param>
    /// <param name="warmup">W, at least 0.</param>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="decay">D, at least 0; W + D is at most T.</param>
    /// <param name="floor">Finite, at least 0.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public WarmupStableDecayRate(double peak, long warmup, long steps, long decay, double floor = 0)
    {
        OptionCheck.NonNegative("peak", peak);
        OptionCheck.NonNegative("floor", floor);
        OptionCheck.Require(steps >= 1, "steps", steps, "at least 1");
        OptionCheck.Require(warmup >= 0 && warmup <= steps, "warmup", warmup, $"at least 0 and at most the {steps} steps");
        OptionCheck.Require(decay >= 0 && decay <= steps - warmup, "decay", decay, $"at least 0 and at most the {steps - warmup} steps after the warm-up");
        (Peak, Warmup, Steps, Decay, Floor) = (peak, warmup, steps, decay, floor);
    }

    /// <summary>The highest rate.</summary>
    public double Peak { get; }

    /// <summary>How many steps the rise takes.</summary>
    public long Warmup { get; }

    /// <summary>The number of steps, rise and fall included.</summary>
    public long Steps { get; }

    /// <summary>How many steps the fall takes.</summary>
    public long Decay { get; }

    /// <summary>The rate of the last step.</summary>
    public double Floor { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        if (step <= Warmup)
        {
            return Peak * step / Warmup;
        }

        long left = Steps - step;
        return left >= Decay ? Peak : Floor + ((Peak - Floor) * Math.Max(0, left) / Decay);
    }
}
