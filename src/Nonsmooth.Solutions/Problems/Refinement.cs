namespace Nonsmooth.Solutions;

/// <summary>A solution that one more solve of the linear system brought nearer: what a-posteriori bounds compare with.</summary>
/// <param name="Solution">The better solution; null where none was found.</param>
/// <param name="IsExact">
/// Whether it is the solution up to rounding: its piece was verified with margins, and the problem is linear on it. Otherwise Newton
/// steps ended there.
/// </param>
/// <param name="Reason">Why there is none, or what was verified.</param>
public sealed record Refinement(Solution? Solution, bool IsExact, string Reason);
