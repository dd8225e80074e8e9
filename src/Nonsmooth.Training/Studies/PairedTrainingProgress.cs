namespace Nonsmooth.Training.Studies;

/// <summary>How far a paired training is.</summary>
/// <param name="Done">The share of all steps that is done, from 0 to 1.</param>
/// <param name="Seed">The seed that runs.</param>
public readonly record struct PairedTrainingProgress(double Done, ulong Seed);
