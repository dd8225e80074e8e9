namespace Nonsmooth.Solutions;

/// <summary>What a strategy is predicted to take for one vjp.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Work">Operations in the unit model.</param>
/// <param name="Memory">Words kept: a matrix, a Krylov basis, the tape of unrolled steps.</param>
/// <param name="Error">The relative error of truncation, ρ to the terms or steps; the tolerance for Krylov; 0 for dense.</param>
public sealed record StrategyPrice(Strategy Strategy, double Work, double Memory, double Error);
