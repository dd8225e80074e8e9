using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Nonsmooth.Reliability.Statistics;

/// <summary>How many of a number of trials had a property, with what that says of its probability.</summary>
/// <remarks>Source: reliability specification, 1.4.</remarks>
public readonly record struct Proportion
{
    /// <summary>Counts of one kind of trial.</summary>
    /// <param name="successes">Trials that had the property.</param>
    /// <param name="trials">All trials, at least 1.</param>
    /// <exception cref="NonsmoothException">There is no trial, or more successes than trials.</exception>
    public Proportion(long successes, long trials)
    {
        if (trials < 1 || successes < 0 || successes > trials)
        {
            throw new NonsmoothException($"{successes} of {trials} is no proportion: it takes at least one trial and no more successes than trials");
        }

        (Successes, Trials) = (successes, trials);
    }

    /// <summary>Trials that had the property.</summary>
    public long Successes { get; }

    /// <summary>All trials.</summary>
    public long Trials { get; }

    /// <summary>The share, from 0 to 1.</summary>
    public double Share => (double)Successes / Trials;

    /// <summary>The share in percent.</summary>
    public double Percent => 100 * Share;

    /// <summary>The exact interval of Clopper and Pearson, for independent trials.</summary>
    /// <param name="risk">The probability of missing the truth, 0.05 for 95 %.</param>
    public Interval ClopperPearson(double risk = 0.05)
    {
        Check(risk);
        double low = Successes == 0 ? 0 : Beta.InvCDF(Successes, Trials - Successes + 1, risk / 2);
        double high = Successes == Trials ? 1 : Beta.InvCDF(Successes + 1, Trials - Successes, 1 - (risk / 2));
        return new Interval(low, high);
    }

    /// <summary>Hoeffding's interval, for independent trials: share ± √(ln(2/risk) / 2n).</summary>
    /// <param name="risk">The probability of missing the truth.</param>
    public Interval Hoeffding(double risk = 0.05) => Interval.Around(Share, HoeffdingHalfWidth(Trials, risk));

    /// <summary>
    /// McDiarmid's interval, for trials that are pairs of a draw and a batch, each drawn independently:
    /// share ± √((1/draws + 1/batches) ln(2/risk) / 2).
    /// </summary>
    /// <param name="draws">Parameter draws M; infinitely many if the parameters are given.</param>
    /// <param name="batches">Batches Q, drawn at random; infinitely many if they are the whole population.</param>
    /// <param name="risk">The probability of missing the truth.</param>
    public Interval McDiarmid(double draws, double batches, double risk = 0.05)
    {
        Check(risk);
        return Interval.Around(Share, Math.Sqrt(((1.0 / draws) + (1.0 / batches)) * Math.Log(2 / risk) / 2));
    }

    /// <summary>√(ln(2/risk) / 2n).</summary>
    /// <param name="trials">Independent trials n.</param>
    /// <param name="risk">The probability of missing the truth.</param>
    public static double HoeffdingHalfWidth(long trials, double risk = 0.05)
    {
        Check(risk);
        return Math.Sqrt(Math.Log(2 / risk) / (2.0 * trials));
    }

    /// <summary><c>3 of 391 (0.77 %)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Successes} of {Trials} ({Percent:0.##} %)");

    internal static void Check(double risk)
    {
        if (!(risk > 0 && risk < 1))
        {
            throw new NonsmoothException(string.Create(CultureInfo.InvariantCulture, $"a risk of {risk}: give one between 0 and 1, 0.05 for an interval of 95 %"));
        }
    }
}
