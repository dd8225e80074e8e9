using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>A rate that falls by the same factor in every <see cref="Every"/> steps: rate · factor^((t−1)/every).</summary>
/// <remarks>The values of PyTorch's <c>ExponentialLR</c> with every = 1, and of optax's <c>exponential_decay</c>.</remarks>
public sealed record ExponentialRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="rate">Finite, at least 0.</param>
    /// <param name="factor">Finite, at least 0; above 1 the rate grows.</param>
    /// <param name="every">At least 1.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public ExponentialRate(double rate, double factor, long every = 1)
    {
        OptionCheck.NonNegative("rate", rate);
        OptionCheck.NonNegative("factor", factor);
        OptionCheck.Require(every >= 1, "every", every, "at least 1");
        (Rate, Factor, Every) = (rate, factor, every);
    }

    /// <summary>The first rate.</summary>
    public double Rate { get; }

    /// <summary>What multiplies it in so many steps.</summary>
    public double Factor { get; }

    /// <summary>How many steps a factor takes.</summary>
    public long Every { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        return Rate * Math.Pow(Factor, (step - 1) / (double)Every);
    }
}
