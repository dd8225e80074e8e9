namespace Nonsmooth.Cost;

/// <summary>The proved bounds of the cheap conservative gradient principle.</summary>
/// <param name="OmegaB">cost(backprop) ≤ ω_b · cost(value), whatever the number of inputs.</param>
/// <param name="AttainedBackwardBy">The function at which the maximum over the dictionary is attained.</param>
/// <param name="OmegaF">cost(forprop) ≤ ω_f · cost(value), for the given number of directions.</param>
/// <param name="AttainedForwardBy">The function at which that maximum is attained.</param>
/// <param name="Directions">The number of directions that ω_f is for.</param>
/// <remarks>Source: complexity specification, 2.2, (B) and (F).</remarks>
public sealed record Bound(double OmegaB, string AttainedBackwardBy, double OmegaF, string AttainedForwardBy, long Directions);
