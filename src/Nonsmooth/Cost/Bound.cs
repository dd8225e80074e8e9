namespace Nonsmooth.Cost;

/// <summary>The proved bounds of the cheap conservative gradient principle, in the unit model's operations.</summary>
/// <param name="OmegaB">cost(backprop) ≤ ω_b · cost(value), for one scalar output, whatever the number of inputs, of kinks, and the selection.</param>
/// <param name="AttainedBackwardBy">The function at which the maximum over the dictionary is attained.</param>
/// <param name="OmegaF">cost(forprop) ≤ ω_f · cost(value), for the given number of directions.</param>
/// <param name="AttainedForwardBy">The function at which that maximum is attained.</param>
/// <param name="Directions">The number of directions that ω_f is for.</param>
/// <remarks>
/// Costs add up; moves, copies, constants and the reading of partial derivatives are free. The maxima are over the functions
/// given: 5 for networks of the usual ones, 10 with a power aᵇ at c = 1. Source: complexity specification, 2.2, (B) and (F); docs/theory.md.
/// </remarks>
public sealed record Bound(double OmegaB, string AttainedBackwardBy, double OmegaF, string AttainedForwardBy, long Directions);
