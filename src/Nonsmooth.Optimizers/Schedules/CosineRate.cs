using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>
/// Half a cosine from <see cref="Peak"/> at step 1 towards <see cref="Floor"/>, which it reaches one step
/// after the last and keeps: floor + (peak − floor)(1 + cos(π(t−1)/T))/2.
/// </summary>
/// <remarks>The values of PyTorch's <c>CosineAnnealingLR(T_max=T)</c> stepped once per step (or once per epoch: pass epochs).</remarks>
public sealed record CosineRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="peak">Finite, at least 0.</param>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="floor">Finite, at least 0.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public CosineRate(double peak, long steps, double floor = 0)
    {
        OptionCheck.NonNegative("peak", peak);
        OptionCheck.NonNegative("floor", floor);
        OptionCheck.Require(steps >= 1, "steps", steps, "at least 1");
        (Peak, Steps, Floor) = (peak, steps, floor);
    }

    /// <summary>The first rate.</summary>
    public double Peak { get; }

    /// <summary>The number of steps.</summary>
    public long Steps { get; }

    /// <summary>The rate after the last step.</summary>
    public double Floor { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        return Fall(Peak, Floor, Math.Min(1, (step - 1) / (double)Steps));
    }

    internal static double Fall(double peak, double floor, double progress) =>
        floor + (0.5 * (peak - floor) * (1 + Math.Cos(Math.PI * progress)));
}
