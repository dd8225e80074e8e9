using System.Numerics;
using Nonsmooth.Randomness;

namespace Nonsmooth.Reliability.Statistics;

/// <summary>The centre of independent numbers, each symmetric about it: of paired differences of two programs that do not differ but by a shift.</summary>
/// <remarks>
/// <para>
/// The centre lies between two successive ones of the 2ⁿ − 1 means of subsets with probability 2⁻ⁿ each (Hartigan 1969), so the k-th
/// smallest and the k-th largest miss it with probability 2k/2ⁿ, whatever the distributions: they need be neither normal
/// nor alike, and ties make the interval wider only. It is the sign-flip test of the mean turned round: 0 is outside
/// where that test rejects, up to the rounding of means, by which the ends are moved out. Beyond 20 numbers 1,999 subsets are drawn, always the same for a count, instead of all.
/// </para>
/// <para>
/// Skewed numbers have no such centre, and for means of unbounded ones nothing is exact at these sizes. Under the hypothesis that two
/// programs are exchangeable given a seed their difference is symmetric about 0, so a verdict that 0 is outside needs no more
/// than that.
/// </para>
/// </remarks>
public static class SymmetricCentre
{
    private const int _enumerated = 20;
    private const int _drawn = 1_999;

    /// <summary>The fewest numbers that can have an interval: ⌈log₂(2/risk)⌉, 6 for 95 %.</summary>
    /// <param name="risk">The probability of missing the centre, at most.</param>
    public static int Needed(double risk = 0.05)
    {
        Proportion.Check(risk);
        int n = 1;
        while (Math.ScaleB(1, 1 - n) > risk)
        {
            n++;
        }

        return n;
    }

    /// <summary>The interval; null with fewer numbers than <see cref="Needed"/>, or with one that is not finite.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="risk">The probability of missing the centre, at most.</param>
    public static (double Low, double High)? Interval(IReadOnlyList<double> values, double risk = 0.05)
    {
        if (values.Count < Needed(risk) || !values.All(double.IsFinite))
        {
            return null;
        }

        double[] means = values.Count <= _enumerated ? All(values) : Drawn(values);
        Array.Sort(means);
        int k = (int)Math.Floor(risk / 2 * (means.Length + 1));

        // Where numbers tie, so do means and the centre: rounding must not part them.
        double rounding = values.Count * Math.ScaleB(values.Max(Math.Abs), -52);
        return (means[k - 1] - rounding, means[^k] + rounding);
    }

    private static double[] All(IReadOnlyList<double> values)
    {
        var sums = new double[1 << values.Count];
        for (int subset = 1; subset < sums.Length; subset++)
        {
            sums[subset] = sums[subset & (subset - 1)] + values[BitOperations.TrailingZeroCount(subset)];
        }

        for (int subset = 1; subset < sums.Length; subset++)
        {
            sums[subset] /= BitOperations.PopCount((uint)subset);
        }

        return sums[1..];
    }

    private static double[] Drawn(IReadOnlyList<double> values)
    {
        var bits = new CounterRandom(0).Derive("subsets").Derive((ulong)values.Count);
        int words = (values.Count + 31) / 32;
        var means = new double[_drawn];
        for (int s = 0; s < means.Length; s++)
        {
            double sum = 0;
            int count = 0;
            uint word = 0;
            for (int i = 0; i < values.Count; i++)
            {
                word = i % 32 == 0 ? bits.At((ulong)(((long)s * words) + (i / 32))) : word >> 1;
                if ((word & 1) != 0)
                {
                    sum += values[i];
                    count++;
                }
            }

            // No subset is empty: with more than 20 numbers one in a million would be, and counts as the whole.
            means[s] = count > 0 ? sum / count : values.Average();
        }

        return means;
    }
}
