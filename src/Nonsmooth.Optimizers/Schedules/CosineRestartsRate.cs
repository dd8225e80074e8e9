using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>Half cosines from <see cref="Peak"/> towards <see cref="Floor"/>, the first of so many steps and each later one longer by a factor.</summary>
/// <remarks>The values of PyTorch's <c>CosineAnnealingWarmRestarts</c> stepped once per step. Loshchilov and Hutter, "SGDR", 2017.</remarks>
public sealed record CosineRestartsRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="peak">Finite, at least 0.</param>
    /// <param name="first">At least 1.</param>
    /// <param name="growth">At least 1.</param>
    /// <param name="floor">Finite, at least 0.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public CosineRestartsRate(double peak, long first, long growth = 1, double floor = 0)
    {
        OptionCheck.NonNegative("peak", peak);
        OptionCheck.NonNegative("floor", floor);
        OptionCheck.Require(first >= 1, "first", first, "at least 1");
        OptionCheck.Require(growth >= 1, "growth", growth, "at least 1");
        (Peak, First, Growth, Floor) = (peak, first, growth, floor);
    }

    /// <summary>The rate at the start of each fall.</summary>
    public double Peak { get; }

    /// <summary>Steps of the first fall.</summary>
    public long First { get; }

    /// <summary>How many times longer each fall is than the one before.</summary>
    public long Growth { get; }

    /// <summary>What the falls end at.</summary>
    public double Floor { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        long past = step - 1;
        long length = First;
        if (Growth == 1)
        {
            past %= First;
        }

        while (past >= length)
        {
            past -= length;
            length = length <= long.MaxValue / Growth ? length * Growth : long.MaxValue;
        }

        return CosineRate.Fall(Peak, Floor, past / (double)length);
    }
}
