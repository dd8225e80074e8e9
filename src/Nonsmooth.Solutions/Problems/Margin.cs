namespace Nonsmooth.Solutions;

/// <summary>How far a solution is from the border of a piece.</summary>
/// <param name="Constraint">The constraint's or coordinate's position.</param>
/// <param name="Distance">The larger of slack and multiplier (or their like): 0 where it is weakly active.</param>
/// <param name="IsActive">Whether it is active, strongly or weakly.</param>
/// <param name="IsWeak">Whether the distance is below the tolerance: the derivative is one-sided.</param>
public sealed record Margin(int Constraint, double Distance, bool IsActive, bool IsWeak);
