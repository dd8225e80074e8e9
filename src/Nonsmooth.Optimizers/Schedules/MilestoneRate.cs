using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>A rate that is multiplied by <see cref="Factor"/> after each of several steps.</summary>
/// <remarks>The values of PyTorch's <c>MultiStepLR</c> stepped once per step.</remarks>
public sealed record MilestoneRate : IRateSchedule
{
    /// <summary>Creates it.</summary>
    /// <param name="rate">Finite, at least 0.</param>
    /// <param name="factor">Finite, at least 0.</param>
    /// <param name="milestones">Steps after which the rate changes, each at least 1, not falling; one may come twice.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public MilestoneRate(double rate, double factor, params IEnumerable<long> milestones)
    {
        OptionCheck.NonNegative("rate", rate);
        OptionCheck.NonNegative("factor", factor);
        long[] all = [.. milestones];
        for (int i = 0; i < all.Length; i++)
        {
            long least = i == 0 ? 1 : all[i - 1];
            OptionCheck.Require(all[i] >= least, "milestone", all[i], $"at least {least}");
        }

        (Rate, Factor, Milestones) = (rate, factor, all);
    }

    /// <summary>The first rate.</summary>
    public double Rate { get; }

    /// <summary>What multiplies it.</summary>
    public double Factor { get; }

    /// <summary>The steps after which it does.</summary>
    public IReadOnlyList<long> Milestones { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        OptionCheck.Require(step >= 1, "step", step, "1 for the first step");
        return Rate * Math.Pow(Factor, Milestones.Count(m => m < step));
    }

    /// <inheritdoc/>
    public bool Equals(MilestoneRate? other) =>
        other is not null && Rate.Equals(other.Rate) && Factor.Equals(other.Factor) && Milestones.SequenceEqual(other.Milestones);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rate, Factor, Milestones.Count);
}
