using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>
/// A linear rise peak·t/W over the first W steps, then half a cosine that reaches <see cref="Floor"/> at
/// the last step T and keeps it: floor + (peak − floor)(1 + cos(π(t−W)/(T−W)))/2.
/// </summary>
/// <remarks>The first step already moves (by peak/W), and step W has the peak rate.</remarks>
public sealed record WarmupCosineRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="peak">Finite, at least 0.</param>
    /// <param name="warmup">W, at least 0 and below <paramref name="steps"/>.</param>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="floor">Finite, at least 0.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public WarmupCosineRate(double peak, long warmup, long steps, double floor = 0)
    {
        OptionCheck.NonNegative("peak", peak);
        OptionCheck.NonNegative("floor", floor);
        OptionCheck.Require(steps >= 1, "steps", steps, "at least 1");
        OptionCheck.Require(warmup >= 0 && warmup < steps, "warmup", warmup, $"at least 0 and fewer than the {steps} steps");
        (Peak, Warmup, Steps, Floor) = (peak, warmup, steps, floor);
    }

    /// <summary>The highest rate.</summary>
    public double Peak { get; }

    /// <summary>How many steps the rise takes.</summary>
    public long Warmup { get; }

    /// <summary>The number of steps, rise included.</summary>
    public long Steps { get; }

    /// <summary>The rate of the last step.</summary>
    public double Floor { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        return step <= Warmup
            ? Peak * step / Warmup
            : CosineRate.Fall(Peak, Floor, Math.Min(1, (step - Warmup) / (double)(Steps - Warmup)));
    }
}
