namespace Nonsmooth.Engines.Judging;

/// <summary>What a finding can be checked again by, without the search that found it.</summary>
/// <param name="Pieces">Directions, each with the limit of the gradient of the cotangent's combination of the outputs along it, and its share in the claim where it is a combination.</param>
public sealed record Witness(IReadOnlyList<WitnessPiece> Pieces)
{
    /// <summary>A direction in which the claim is further out than every piece; empty where there is none.</summary>
    public IReadOnlyList<double> Separation { get; init; } = [];

    /// <summary>By how much: the claim's product with the direction less the greatest of any piece.</summary>
    public double Margin { get; init; }

    /// <summary>The point that the finding is true of, where it was moved or flushed.</summary>
    public IReadOnlyList<double> MovedTo { get; init; } = [];
}

/// <summary>A piece of a function around a point.</summary>
/// <param name="Direction">A direction into it, over all arguments in a row.</param>
/// <param name="Gradient">The limit of the gradient along it.</param>
/// <param name="Share">Its share in a combination; 0 where it only exists.</param>
public sealed record WitnessPiece(IReadOnlyList<double> Direction, IReadOnlyList<double> Gradient, double Share);
