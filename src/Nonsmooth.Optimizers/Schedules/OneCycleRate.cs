using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>Half a cosine up from a share of the peak, and half a cosine down to a smaller one, which it keeps: at the peak after <see cref="Rise"/> steps, at the end after <see cref="Steps"/>.</summary>
/// <remarks>PyTorch's <c>OneCycleLR(total_steps=N)</c> is rise = 0.3N − 1 and steps = N − 1; optax's <c>cosine_onecycle_schedule</c> is rise = ⌊0.3N⌋ and steps = N. Smith and Topin, "Super-convergence", 2018.</remarks>
public sealed record OneCycleRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="peak">Finite, at least 0.</param>
    /// <param name="rise">At least 0 and below <paramref name="steps"/>.</param>
    /// <param name="steps">At least 1.</param>
    /// <param name="start">Share of the peak, finite, at least 0.</param>
    /// <param name="end">Share of the peak, finite, at least 0.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public OneCycleRate(double peak, double rise, long steps, double start = 0.04, double end = 4e-6)
    {
        OptionCheck.NonNegative("peak", peak);
        OptionCheck.Require(steps >= 1, "steps", steps, "at least 1");
        OptionCheck.Require(rise >= 0 && rise < steps, "rise", rise, $"at least 0 and fewer than the {steps} steps");
        OptionCheck.NonNegative("start", start);
        OptionCheck.NonNegative("end", end);
        (Peak, Rise, Steps, Start, End) = (peak, rise, steps, start, end);
    }

    /// <summary>The highest rate.</summary>
    public double Peak { get; }

    /// <summary>How many steps go before the peak.</summary>
    public double Rise { get; }

    /// <summary>How many steps go before the end.</summary>
    public long Steps { get; }

    /// <summary>The first rate, as a share of the peak.</summary>
    public double Start { get; }

    /// <summary>The last rate, as a share of the peak.</summary>
    public double End { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        double past = step - 1;
        return past < Rise
            ? CosineRate.Fall(Start * Peak, Peak, past / Rise)
            : CosineRate.Fall(Peak, End * Peak, Math.Min(1, (past - Rise) / (Steps - Rise)));
    }
}
