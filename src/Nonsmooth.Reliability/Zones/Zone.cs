namespace Nonsmooth.Reliability.Zones;

/// <summary>How the gradients under two selections relate at one draw and one batch.</summary>
/// <remarks>
/// Replay tests whether they differ beyond 64-bit rounding, given the decisions of the low-precision run; a threshold, whether
/// they are further apart than a distance. Neither says what they are over the reals: the decisions stay those that the format
/// made, at ties too that its rounding made (<see cref="Ties.TieOrigins"/>). Source: reliability specification, 1.2.
/// </remarks>
public enum Zone
{
    /// <summary>The same numbers: NaN equals NaN, +0 equals −0.</summary>
    Equal,

    /// <summary>Different as rounding makes them: by replay not beyond 64-bit rounding, given the decisions of the low-precision run; by a threshold not beyond it.</summary>
    Compensation,

    /// <summary>Different beyond that: given those decisions, the gradient depends on what is selected.</summary>
    Bifurcation,
}
