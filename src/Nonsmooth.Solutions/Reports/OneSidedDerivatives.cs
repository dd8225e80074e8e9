namespace Nonsmooth.Solutions;

/// <summary>The one-sided directional derivatives of a solution: equal where it is differentiable.</summary>
/// <param name="Right">(x(θ + t·d) − x(θ))/t as t falls to 0, a real result each.</param>
/// <param name="Left">(x(θ) − x(θ − t·d))/t as t falls to 0, a real result each.</param>
public sealed record OneSidedDerivatives(IReadOnlyList<double[]> Right, IReadOnlyList<double[]> Left);
