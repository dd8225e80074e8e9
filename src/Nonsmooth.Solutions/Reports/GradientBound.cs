namespace Nonsmooth.Solutions;

/// <summary>A gradient through a solution, and how far it may be from the gradient at the exact solution.</summary>
/// <param name="Gradient">One array a parameter.</param>
/// <param name="Bound">
/// Of the Euclidean distance over all parameters, or an estimate of it; ∞ where neither is known.
/// </param>
/// <param name="IsProved">
/// Whether the bound is proved in interval arithmetic: the exact solution, over the reals, of the problem with exactly these double
/// numbers is differentiable, and its gradient is no farther than the bound. Otherwise the bound is an estimate, or ∞.
/// </param>
/// <param name="Reason">What was proved; or <c>estimate:</c> and what it rests on and what was not proved; or why there is neither.</param>
public sealed record GradientBound(IReadOnlyList<double[]> Gradient, double Bound, bool IsProved, string Reason);
