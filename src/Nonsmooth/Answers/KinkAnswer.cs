namespace Nonsmooth.Answers;

/// <summary>An answer about the linear pieces that meet at a point.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="TiedUnits">How many units tie at the point.</param>
/// <param name="Pieces">How many linear pieces the exact search visited; 0 where a cheap argument answered.</param>
/// <param name="First">A gradient of one piece, one array an input; null where none was computed.</param>
/// <param name="Second">A gradient of another piece that differs; null where none was found.</param>
/// <param name="Doubt">Why the answer is unknown; null where it is not.</param>
public sealed record KinkAnswer(
    Verdict Verdict, int TiedUnits, long Pieces, IReadOnlyList<double[]>? First, IReadOnlyList<double[]>? Second, string? Doubt);
