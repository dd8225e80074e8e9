using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>A rate that is multiplied by <see cref="Factor"/> after every <see cref="Every"/> steps.</summary>
/// <remarks>The values of PyTorch's <c>StepLR</c> stepped once per step.</remarks>
public sealed record StepRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="rate">Finite, at least 0.</param>
    /// <param name="factor">Finite, at least 0.</param>
    /// <param name="every">At least 1.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public StepRate(double rate, double factor, long every)
    {
        OptionCheck.NonNegative("rate", rate);
        OptionCheck.NonNegative("factor", factor);
        OptionCheck.Require(every >= 1, "every", every, "at least 1");
        (Rate, Factor, Every) = (rate, factor, every);
    }

    /// <summary>The first rate.</summary>
    public double Rate { get; }

    /// <summary>What multiplies it.</summary>
    public double Factor { get; }

    /// <summary>How many steps a rate lasts.</summary>
    public long Every { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        return Rate * Math.Pow(Factor, (step - 1) / Every);
    }
}
