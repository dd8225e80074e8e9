namespace Nonsmooth.Answers;

/// <summary>An answer about the linear pieces that meet at a point, with what it can be checked by.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Grounds">What it stands on.</param>
/// <param name="TiedUnits">How many units tie at the point.</param>
/// <param name="Pieces">How many linear pieces the exact search visited; 0 where a cheap argument answered.</param>
/// <param name="First">A piece; null where none was computed.</param>
/// <param name="Second">Another piece, whose gradient differs; null where none was found.</param>
/// <param name="Clearance">Where no unit ties: how far the kinks are.</param>
/// <param name="Doubt">Why the answer is unknown; null where it is not.</param>
public sealed record KinkAnswer(
    Verdict Verdict,
    KinkGrounds Grounds,
    int TiedUnits,
    long Pieces,
    LinearPiece? First,
    LinearPiece? Second,
    KinkClearance? Clearance,
    string? Doubt);
