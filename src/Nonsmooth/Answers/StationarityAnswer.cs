namespace Nonsmooth.Answers;

/// <summary>Whether a point is stationary, with what the answers can be checked by.</summary>
/// <param name="ZeroIsClarke">Whether 0 is a Clarke subgradient.</param>
/// <param name="HasDescent">Whether a direction has a negative one-sided derivative.</param>
/// <param name="Combination">Where 0 is Clarke's: pieces whose gradients have it as a convex combination.</param>
/// <param name="Separation">Where 0 is not: a direction, one array an input, with a positive product with the gradient of every piece.</param>
/// <param name="Descent">Where there is descent: such a direction, one array an input.</param>
/// <param name="DescentSlope">The one-sided derivative along <paramref name="Descent"/>, evaluated by a sweep of its own: negative.</param>
/// <param name="TiedUnits">How many units tie at the point.</param>
/// <param name="Pieces">How many linear pieces were visited.</param>
/// <param name="Doubt">Why an answer is unknown; null where none is.</param>
/// <remarks>
/// That there is no descent has no short certificate (it is co-NP-hard to see): <paramref name="Combination"/> then shows that 0 is
/// Clarke's, which it implies, and <paramref name="Pieces"/> says over how many pieces the search went; where <see cref="IsRegular"/>, the combination is one.
/// </remarks>
public sealed record StationarityAnswer(
    Verdict ZeroIsClarke,
    Verdict HasDescent,
    IReadOnlyList<WeightedPiece>? Combination,
    IReadOnlyList<double[]>? Separation,
    IReadOnlyList<double[]>? Descent,
    double? DescentSlope,
    int TiedUnits,
    long Pieces,
    string? Doubt)
{
    /// <summary>
    /// Whether the function was seen to be regular at the point (Clarke's: its directional derivative is the support function of the
    /// subdifferential). Then 0 is Clarke's exactly where nothing descends: each of the certificates answers both questions.
    /// </summary>
    public bool IsRegular { get; init; }
}
