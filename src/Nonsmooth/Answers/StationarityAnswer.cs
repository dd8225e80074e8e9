namespace Nonsmooth.Answers;

/// <summary>Whether a point is stationary.</summary>
/// <param name="ZeroIsClarke">Whether 0 is a Clarke subgradient.</param>
/// <param name="HasDescent">Whether a direction has a negative one-sided derivative.</param>
/// <param name="Descent">Such a direction, one array an input.</param>
/// <param name="TiedUnits">How many units tie at the point.</param>
/// <param name="Pieces">How many linear pieces were visited.</param>
/// <param name="Doubt">Why an answer is unknown; null where none is.</param>
public sealed record StationarityAnswer(
    Verdict ZeroIsClarke, Verdict HasDescent, IReadOnlyList<double[]>? Descent, int TiedUnits, long Pieces, string? Doubt);
