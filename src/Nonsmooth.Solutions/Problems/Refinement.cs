namespace Nonsmooth.Solutions;

/// <summary>A solution that one more solve of the linear system brought nearer: what estimates compare with, and where proofs begin.</summary>
/// <param name="Solution">The better solution; null where none was found.</param>
/// <param name="IsExact">
/// Whether it solves the linear system of a piece whose signs hold in double precision, so that refining it again moves it by rounding only.
/// Otherwise Newton steps ended there. Neither is a proof.
/// </param>
/// <param name="Reason">Why there is none, or what was verified.</param>
public sealed record Refinement(Solution? Solution, bool IsExact, string Reason);
