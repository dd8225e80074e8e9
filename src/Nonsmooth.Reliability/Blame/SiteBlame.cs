using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Reliability.Zones;

namespace Nonsmooth.Reliability.Blame;

/// <summary>What changing the selection at one site alone does to the gradient.</summary>
/// <param name="Site">The site.</param>
/// <param name="Observations">One a pair of a draw and a batch.</param>
public sealed record SiteBlame(KinkSite Site, IReadOnlyList<ZoneObservation> Observations)
{
    /// <summary>Pairs in which the site changes the gradient beyond 64-bit rounding, given the decisions of the low-precision run.</summary>
    /// <param name="tolerance">The replay's relative distance up to which a difference is rounding.</param>
    public int Bifurcations(double tolerance = 1e-12) => Observations.Count(o => o.ByReplay(tolerance) == Zone.Bifurcation);

    /// <summary>The largest relative distance ‖g − h‖₂ / ‖g‖₂ over the pairs, replayed in 64 bits.</summary>
    public double Largest => Observations.Max(o => o.Replay ?? 0);

    /// <summary>The mean relative distance over the pairs, replayed in 64 bits.</summary>
    public double Mean => Observations.Average(o => o.Replay ?? 0);

    /// <summary>The largest distance in the format itself.</summary>
    public GradientDistance Worst => Observations.MaxBy(o => o.Distance.SumInfinity)!.Distance;
}
