namespace Nonsmooth.Checkpointing;

/// <summary>Consecutive nodes of a program that are recomputed together.</summary>
/// <param name="Start">The first node.</param>
/// <param name="End">The node after the last one.</param>
/// <param name="Exit">The value that leaves the segment for the next one; null where none does.</param>
public sealed record Segment(int Start, int End, int? Exit);
