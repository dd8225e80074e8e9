namespace Nonsmooth.Solutions;

/// <summary>A gradient through a solution, and how far it may be from the gradient at the exact solution.</summary>
/// <param name="Gradient">One array a parameter.</param>
/// <param name="Bound">Of the Euclidean distance over all parameters; ∞ where the solution's piece could not be verified.</param>
/// <param name="IsProved">
/// Whether the bound is proved up to the rounding model; otherwise it is an estimate from Newton steps, or ∞.
/// </param>
/// <param name="Reason">What was verified, or why nothing could be.</param>
public sealed record GradientBound(IReadOnlyList<double[]> Gradient, double Bound, bool IsProved, string Reason);
