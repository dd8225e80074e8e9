using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Reliability.Zones;

/// <summary>How many pairs of a draw and a batch are in each zone, by one way of telling them apart.</summary>
/// <param name="Classifier">The way: <c>published</c>, <c>calibrated</c> or <c>replay</c>.</param>
/// <param name="Equal">Pairs with the same bits.</param>
/// <param name="Compensation">Pairs that differ by rounding.</param>
/// <param name="Bifurcation">Pairs that differ over the reals.</param>
/// <param name="Draws">Draws M.</param>
/// <param name="Batches">Batches Q of each draw.</param>
public sealed record ZoneVolume(string Classifier, int Equal, int Compensation, int Bifurcation, int Draws, int Batches)
{
    /// <summary>All pairs.</summary>
    public int Pairs => Equal + Compensation + Bifurcation;

    /// <summary>The volume of the bifurcation zone.</summary>
    public Proportion Volume => new(Bifurcation, Pairs);

    /// <summary>The pairs whose gradients are not the same bits.</summary>
    public Proportion Unequal => new(Compensation + Bifurcation, Pairs);

    /// <summary>Counts zones.</summary>
    internal static ZoneVolume Of(string classifier, IEnumerable<Zone> zones, int draws, int batches)
    {
        var counts = zones.CountBy(z => z).ToDictionary();
        return new ZoneVolume(
            classifier,
            counts.GetValueOrDefault(Zone.Equal),
            counts.GetValueOrDefault(Zone.Compensation),
            counts.GetValueOrDefault(Zone.Bifurcation),
            draws,
            batches);
    }
}
