namespace Nonsmooth.Cost;

/// <summary>What the nodes of one module cost together.</summary>
/// <param name="Name">The common prefix of their names.</param>
/// <param name="Nodes">How many nodes.</param>
/// <param name="Forward">Work of the values.</param>
/// <param name="Backward">Work of the vjps.</param>
/// <param name="SavedWords">Words kept between them.</param>
public sealed record ModuleCost(string Name, int Nodes, Work Forward, Work Backward, long SavedWords);
