namespace Nonsmooth.Data;

/// <summary>What is drawn anew in every epoch of training: crops and flips of images, where windows of a text begin.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="Epoch">From 0.</param>
/// <remarks>An example is a pure function of (split, index, draw): who computes it, and when, does not matter.</remarks>
public readonly record struct EpochDraw(ulong Seed, int Epoch);
