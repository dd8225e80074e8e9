namespace Nonsmooth.Checkpointing;

/// <summary>What a program holds in memory while it is executed, in bytes.</summary>
/// <param name="During">For each node, what is held when its results are there and nothing is released yet.</param>
/// <param name="After">For each node, what is held when it has released what it used last.</param>
/// <param name="Peak">The most that is held at once: that of the inputs alone for a program without nodes.</param>
/// <param name="PeakNode">The name of the first node that holds it; empty for a program without nodes.</param>
/// <param name="AtPeak">What the peak consists of.</param>
public sealed record MemoryPlan(
    IReadOnlyList<long> During, IReadOnlyList<long> After, long Peak, string PeakNode, MemoryBreakdown AtPeak);
