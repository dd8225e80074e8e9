using System.Globalization;

namespace Nonsmooth.Reliability.Statistics;

/// <summary>A share that was counted, with what it is a share of and what may be said of it beyond the count.</summary>
/// <remarks>
/// An interval takes at least <see cref="Least"/> independent units: draws of the parameters, or batches where the
/// parameters are given. With fewer there are counts and no interval.
/// </remarks>
public sealed record EstimatedShare
{
    /// <summary>Independent units, draws or batches, without which there is no interval.</summary>
    public const int Least = 20;

    private readonly IReadOnlyList<double> _shares;
    private readonly int _batches;
    private readonly int _population;

    private EstimatedShare(Estimand estimand, Proportion count, IReadOnlyList<double> shares, int batches, int population) =>
        (Estimand, Count, _shares, _batches, _population) = (estimand, count, shares, batches, population);

    /// <summary>What it is a share of.</summary>
    public Estimand Estimand { get; }

    /// <summary>What was counted: batches, pairs of a draw and a batch, or draws.</summary>
    public Proportion Count { get; }

    /// <summary>Whether all there is was counted, so that the share is no estimate: every batch of the partition, at given parameters.</summary>
    public bool IsExact => Estimand == Estimand.BatchesGivenParameters && _batches == _population;

    /// <summary>Affected batches of a partition, at given parameters.</summary>
    /// <param name="affected">Those affected.</param>
    /// <param name="batches">Those run, drawn without replacement.</param>
    /// <param name="population">All batches of the partition.</param>
    /// <exception cref="NonsmoothException">More were run than there are, or more affected than run, or none run.</exception>
    public static EstimatedShare GivenParameters(int affected, int batches, int population)
    {
        Require(batches <= population, $"{batches} batches run of {population}");
        return new(Estimand.BatchesGivenParameters, new(affected, batches), [], batches, population);
    }

    /// <summary>Affected batches over draws of the parameters.</summary>
    /// <param name="affected">Of each draw, how many of its batches; draws are independent.</param>
    /// <param name="batches">Batches run of each draw, drawn anew for each, without replacement.</param>
    /// <param name="population">All batches of the partition.</param>
    /// <exception cref="NonsmoothException">There is no draw, or a number is out of its range.</exception>
    public static EstimatedShare OverParameters(IReadOnlyList<int> affected, int batches, int population)
    {
        Require(batches <= population && affected.All(a => a >= 0 && a <= batches), $"{batches} batches run of {population}, {string.Join(", ", affected)} affected");
        return new(Estimand.BatchesOverParameters, new(affected.Sum(), (long)affected.Count * batches), [.. affected.Select(a => (double)a / batches)], batches, population);
    }

    /// <summary>Draws of the parameters with some affected batch.</summary>
    /// <param name="affected">Draws with one.</param>
    /// <param name="draws">All draws.</param>
    /// <param name="batches">Batches looked at of each draw.</param>
    public static EstimatedShare OfDraws(int affected, int draws, int batches) =>
        new(Estimand.DrawsWithAffectedBatch, new(affected, draws), [], batches, batches);

    /// <summary>
    /// An interval that misses the truth with at most the probability of the risk: of the finite population, of the mean
    /// over draws (<see cref="BoundedMean"/>), or Clopper and Pearson's over draws. Null with fewer than <see cref="Least"/> units, and
    /// where the share is exact.
    /// </summary>
    /// <param name="risk">0.05 for 95 %.</param>
    public Interval? Interval(double risk = 0.05) => Estimand switch
    {
        Estimand.BatchesGivenParameters => IsExact || _batches < Least ? null : FinitePopulation.Interval((int)Count.Successes, _batches, _population, risk),
        Estimand.BatchesOverParameters => _shares.Count < Least ? null : BoundedMean.Interval(_shares, risk),
        _ => Count.Trials < Least ? null : Count.ClopperPearson(risk),
    };

    /// <summary>What it is a share of, as a noun phrase.</summary>
    public string Of => Estimand switch
    {
        Estimand.BatchesGivenParameters => $"batches of the data ({_population}), given the parameters",
        Estimand.BatchesOverParameters => $"batches of the data ({_population}), in the mean over draws of the parameters",
        _ => $"draws of the parameters, those with an affected one of {Batches}",
    };

    /// <summary>What is independent of what, and why there is no interval where there is none.</summary>
    public string Independence => Estimand switch
    {
        Estimand.BatchesGivenParameters when IsExact => "every batch was run: the share is exact and has no interval",
        Estimand.BatchesGivenParameters => $"{Batches} drawn without replacement" + Missing(_batches, "batches"),
        Estimand.BatchesOverParameters => $"{Draws(_shares.Count)}, independent; {Batches} of each, drawn anew without replacement, not independent" + Missing(_shares.Count, "draws"),
        _ => $"{Draws((int)Count.Trials)}, independent" + Missing((int)Count.Trials, "draws"),
    };

    private string Batches => string.Create(CultureInfo.InvariantCulture, $"{_batches} batch{(_batches == 1 ? "" : "es")}");

    private static string Draws(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} draw{(count == 1 ? "" : "s")}");

    private static string Missing(int units, string what) => units < Least ? $"; no interval, fewer than {Least} {what}" : "";

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new NonsmoothException($"no share of {what}: counts lie between 0 and what they are counted of");
        }
    }
}
