using System.Globalization;

namespace Nonsmooth.Reliability.Statistics;

/// <summary>Two independent counts beside each other: whether their probabilities differ, and by how much.</summary>
/// <remarks>
/// <para>
/// Both samples are binomial: trials of one sample are independent with one probability, and the samples are independent
/// of each other. Nothing else is supposed, so no count is too small. Where trials of a sample share a draw, count draws.
/// </para>
/// <para>
/// The test is the exact unconditional one (Barnard 1947) in the order of the pooled z statistic (Suissa and Shuster 1985): the
/// probability of a table at least as extreme as the one at hand, in the worst case over the common probability. It is
/// preferred to Fisher's, which conditions on the total of successes and so rejects less often at the same risk. The
/// worst case is taken over probabilities that the counts do not exclude at 1e-6, and 1e-6 is added for it (Berger and
/// Boos 1994). The interval is Buehler's (1957) in the same order: every difference for which some pair of probabilities
/// gives the table, or a more extreme one, at least half the risk. So 0 lies outside the interval of a risk where the
/// test's p-value is below that risk, but for the tolerances: 1 % of the p-value, and 1e-5 of the ends, both on the safe side.
/// </para>
/// </remarks>
/// <param name="First">One sample.</param>
/// <param name="Second">The other.</param>
public sealed record TwoProportions(Proportion First, Proportion Second)
{
    private const double _endTolerance = 1e-5;

    /// <summary>The first share less the second, in [−1, 1].</summary>
    public double Difference => First.Share - Second.Share;

    /// <summary>
    /// The probability, where both probabilities are the same, of samples at least as far apart as these: two-sided, twice the
    /// smaller of the two one-sided ones and at most 1. At least 2e-6, what the search of the worst case costs.
    /// </summary>
    public double PValue() => Math.Min(1, 2 * Math.Min(new TableTail(First, Second).Worst(), new TableTail(Second, First).Worst()));

    /// <summary>An interval of the difference of the two probabilities, first less second.</summary>
    /// <param name="risk">The probability of missing the truth, at most; 0.05 for 95 %.</param>
    public Interval Interval(double risk = 0.05)
    {
        Proportion.Check(risk);
        return new Interval(Lowest(new TableTail(First, Second), risk / 2), -Lowest(new TableTail(Second, First), risk / 2));
    }

    /// <summary><c>411 of 1000 (41.1 %) beside 463 of 1000 (46.3 %)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First} beside {Second}");

    /// <summary>The least difference that the tail does not exclude: the tail's probability grows with the difference.</summary>
    private static double Lowest(TableTail tail, double risk)
    {
        if (tail.Reaches(-1, risk))
        {
            return -1;
        }

        var (excluded, kept) = (-1.0, tail.Observed);
        while (kept - excluded > _endTolerance)
        {
            double middle = (excluded + kept) / 2;
            (excluded, kept) = tail.Reaches(middle, risk) ? (excluded, middle) : (middle, kept);
        }

        return excluded;
    }
}
