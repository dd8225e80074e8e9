namespace Nonsmooth.Programs;

/// <summary>Where a node comes from.</summary>
/// <param name="Role">Why it is there.</param>
/// <param name="Origin">The node of the same program whose derivative or repetition it is part of; −1 for none.</param>
/// <param name="Seed">Which cotangent or tangent it carries, of several.</param>
internal readonly record struct Provenance(NodeRole Role, int Origin, int Seed)
{
    public static Provenance Primal { get; } = new(NodeRole.Primal, -1, 0);
}
