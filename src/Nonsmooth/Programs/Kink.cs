namespace Nonsmooth.Programs;

/// <summary>A point where a function of one variable has two one-sided slopes.</summary>
/// <param name="At">The point.</param>
/// <param name="Left">The slope on its left.</param>
/// <param name="Right">The slope on its right.</param>
/// <param name="Selected">The slope that a selection takes there.</param>
public readonly record struct Kink(double At, double Left, double Right, double Selected);
