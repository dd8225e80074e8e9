using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Reliability.Zones;

/// <summary>How many pairs of a draw and a batch are in each zone, by one way of telling them apart.</summary>
/// <param name="Classifier">The way: <c>published</c>, <c>calibrated</c> or <c>replay</c>.</param>
/// <param name="Equal">Pairs with the same numbers.</param>
/// <param name="Compensation">Pairs that differ as rounding makes them.</param>
/// <param name="Bifurcating">Of each draw, the batches that differ beyond that.</param>
/// <param name="Batches">Batches Q of each draw, drawn from the partition without replacement, anew for each.</param>
/// <param name="Population">All batches of the partition.</param>
public sealed record ZoneVolume(string Classifier, int Equal, int Compensation, IReadOnlyList<int> Bifurcating, int Batches, int Population)
{
    /// <summary>Pairs that differ beyond rounding.</summary>
    public int Bifurcation => Bifurcating.Sum();

    /// <summary>Draws M.</summary>
    public int Draws => Bifurcating.Count;

    /// <summary>All pairs.</summary>
    public int Pairs => Equal + Compensation + Bifurcation;

    /// <summary>The count of the bifurcation zone. Its pairs are not independent: for an interval take <see cref="Share"/>.</summary>
    public Proportion Volume => new(Bifurcation, Pairs);

    /// <summary>The pairs whose gradients are not the same numbers.</summary>
    public Proportion Unequal => new(Compensation + Bifurcation, Pairs);

    /// <summary>The share of batches in the bifurcation zone: of one draw given its parameters, of several in the mean over draws.</summary>
    public EstimatedShare Share => Draws == 1
        ? EstimatedShare.GivenParameters(Bifurcation, Batches, Population)
        : EstimatedShare.OverParameters(Bifurcating, Batches, Population);

    /// <summary>The share of draws with some batch in the bifurcation zone, of the batches that were run.</summary>
    public EstimatedShare Affected => EstimatedShare.OfDraws(Bifurcating.Count(b => b > 0), Draws, Batches);

    /// <summary>Counts zones, draw by draw.</summary>
    internal static ZoneVolume Of(string classifier, IEnumerable<Zone> zones, int draws, int batches, int population)
    {
        var all = zones.ToList();
        return new ZoneVolume(
            classifier,
            all.Count(z => z == Zone.Equal),
            all.Count(z => z == Zone.Compensation),
            [.. Enumerable.Range(0, draws).Select(d => all.Skip(d * batches).Take(batches).Count(z => z == Zone.Bifurcation))],
            batches,
            population);
    }
}
