using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>From <see cref="From"/> at step 1 to <see cref="To"/> one step after the last, which it keeps: to + (from − to)(1 − (t−1)/T)^power.</summary>
/// <remarks>The values of PyTorch's <c>PolynomialLR</c> with to = 0, and of optax's <c>polynomial_schedule</c>.</remarks>
public sealed record PolynomialRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="from">Finite, at least 0.</param>
    /// <param name="to">Finite, at least 0.</param>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="power">Above 0; 1 is a straight line.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public PolynomialRate(double from, double to, long steps, double power)
    {
        OptionCheck.NonNegative("from", from);
        OptionCheck.NonNegative("to", to);
        OptionCheck.Require(steps >= 1, "steps", steps, "at least 1");
        OptionCheck.Positive("power", power);
        (From, To, Steps, Power) = (from, to, steps, power);
    }

    /// <summary>The first value.</summary>
    public double From { get; }

    /// <summary>The last value.</summary>
    public double To { get; }

    /// <summary>How many steps it takes.</summary>
    public long Steps { get; }

    /// <summary>The exponent.</summary>
    public double Power { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        return To + ((From - To) * Math.Pow(1 - Math.Min(1, (step - 1) / (double)Steps), Power));
    }
}
