using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>The same rate at every step.</summary>
public sealed record ConstantRate : IRateSchedule
{
    /// <summary>Creates it; <paramref name="rate"/> is finite and at least 0.</summary>
    /// <exception cref="NonsmoothException">It is not.</exception>
    public ConstantRate(double rate)
    {
        OptionCheck.NonNegative("rate", rate);
        Rate = rate;
    }

    /// <summary>The rate.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        return Rate;
    }
}
