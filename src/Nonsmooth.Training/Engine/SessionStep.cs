namespace Nonsmooth.Training.Engine;

/// <summary>One step of a session.</summary>
/// <param name="Step">From 1, over the whole session.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">The mean loss of the step's examples, before the update.</param>
/// <param name="EndsEpoch">Whether it is the last of its epoch.</param>
public readonly record struct SessionStep(long Step, int Epoch, double Loss, bool EndsEpoch);
