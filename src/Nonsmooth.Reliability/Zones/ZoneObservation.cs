using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Zones;

/// <summary>Two gradients compared at one draw and one batch.</summary>
/// <param name="Draw">The draw, from 0.</param>
/// <param name="Batch">The batch, from 0.</param>
/// <param name="Distance">How far they are.</param>
/// <param name="LossDifference">|loss under Q − loss under P|: 0 when only derivatives differ.</param>
/// <param name="Replay">Relative distance of the gradients replayed in 64 bits, with <see cref="ZoneOptions.Replay"/>.</param>
public sealed record ZoneObservation(int Draw, int Batch, GradientDistance Distance, double LossDifference, double? Replay)
{
    /// <summary>The zone by replay, if there was one: whether the gradients differ beyond 64-bit rounding, given the decisions of the low-precision run.</summary>
    /// <param name="tolerance">The relative distance up to which a difference is rounding.</param>
    public Zone? ByReplay(double tolerance) => Replay is not { } e ? null
        : Distance.IsZero ? Zone.Equal
        : e <= tolerance ? Zone.Compensation
        : Zone.Bifurcation;
}
