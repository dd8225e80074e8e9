namespace Nonsmooth.Answers;

/// <summary>Why no kink is at a point: how far the nearest are, and a box without any.</summary>
/// <param name="Kinks">How many elements have a kink.</param>
/// <param name="Nearest">Those of the smallest gaps, at most eight, the smallest first.</param>
/// <param name="Radius">
/// No kink is met while every input moves by less than this: proved in interval arithmetic, exp, log, tanh and the like taken
/// to err by a few units in the last place. Null where that was not shown, for the reason in <paramref name="Unshown"/>;
/// the gaps then hold for the rounded numbers of the program.
/// </param>
/// <param name="Unshown">Why there is no radius; null where there is one.</param>
public sealed record KinkClearance(long Kinks, IReadOnlyList<KinkGap> Nearest, double? Radius, string? Unshown);
