namespace Nonsmooth.Solutions;

/// <summary>A parameter of a problem: an argument of its solution map.</summary>
/// <param name="Name">The name that messages use.</param>
/// <param name="Rank">How many axes one problem's has; axes before them are those of a batch.</param>
public sealed record Parameter(string Name, int Rank)
{
    /// <summary>Whether its numbers may be infinite, as a bound's that does not bind. NaN never may.</summary>
    public bool MayBeInfinite { get; init; }
}
