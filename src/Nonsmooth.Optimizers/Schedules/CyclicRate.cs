using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>Triangles between <see cref="Low"/> and <see cref="High"/>, whose height may shrink: low + (high − low) x factor^(t−1), x rising from 0 to 1 and falling back.</summary>
/// <remarks>The values of PyTorch's <c>CyclicLR</c> in the modes <c>triangular</c> and, with a factor, <c>exp_range</c>. Smith, "Cyclical learning rates", 2017.</remarks>
public sealed record CyclicRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="low">Finite, at least 0.</param>
    /// <param name="high">Finite, at least 0.</param>
    /// <param name="up">At least 1.</param>
    /// <param name="down">At least 1.</param>
    /// <param name="factor">Finite, at least 0.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public CyclicRate(double low, double high, long up, long down, double factor = 1)
    {
        OptionCheck.NonNegative("low", low);
        OptionCheck.NonNegative("high", high);
        OptionCheck.Require(up >= 1, "up", up, "at least 1");
        OptionCheck.Require(down >= 1, "down", down, "at least 1");
        OptionCheck.NonNegative("factor", factor);
        (Low, High, Up, Down, Factor) = (low, high, up, down, factor);
    }

    /// <summary>The first rate.</summary>
    public double Low { get; }

    /// <summary>The rate at the top.</summary>
    public double High { get; }

    /// <summary>Steps of a rise.</summary>
    public long Up { get; }

    /// <summary>Steps of a fall.</summary>
    public long Down { get; }

    /// <summary>What multiplies the height in every step.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        long past = (step - 1) % (Up + Down);
        double height = past <= Up ? past / (double)Up : (Up + Down - past) / (double)Down;
        return Low + ((High - Low) * height * Math.Pow(Factor, step - 1));
    }
}
