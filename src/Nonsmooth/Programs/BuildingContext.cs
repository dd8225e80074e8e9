namespace Nonsmooth.Programs;

/// <summary>What holds for the nodes that a builder makes.</summary>
/// <param name="Scope">The scope that they are in.</param>
/// <param name="Prefix">The scope whose name stands before theirs: another where a node keeps a whole name of its own.</param>
/// <param name="Copy">Which making of their applications they are.</param>
/// <param name="Provenance">Where they come from.</param>
internal readonly record struct BuildingContext(int Scope, int Prefix, int Copy, Provenance Provenance);
