namespace Nonsmooth.Answers;

/// <summary>A piece with its share of a convex combination.</summary>
/// <param name="Weight">Its weight: positive, all of them of sum 1 but for rounding.</param>
/// <param name="Piece">The piece.</param>
public sealed record WeightedPiece(double Weight, LinearPiece Piece);
