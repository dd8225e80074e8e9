using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>A linear rise peak·t/W over the first W steps, then a fall as the inverse root of the step: peak·√(W/t).</summary>
/// <remarks>The schedule of the first transformers, with the peak d^−½ W^−½. Vaswani et al., "Attention is all you need", 2017.</remarks>
public sealed record InverseSqrtRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="peak">Finite, at least 0.</param>
    /// <param name="warmup">W, at least 1.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public InverseSqrtRate(double peak, long warmup)
    {
        OptionCheck.NonNegative("peak", peak);
        OptionCheck.Require(warmup >= 1, "warmup", warmup, "at least 1");
        (Peak, Warmup) = (peak, warmup);
    }

    /// <summary>The highest rate.</summary>
    public double Peak { get; }

    /// <summary>How many steps the rise takes.</summary>
    public long Warmup { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        return Peak * (step <= Warmup ? step / (double)Warmup : Math.Sqrt(Warmup / (double)step));
    }
}
