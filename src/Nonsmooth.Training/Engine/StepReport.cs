namespace Nonsmooth.Training.Engine;

/// <summary>One step of a run.</summary>
/// <param name="Step">From 1, over the whole run.</param>
/// <param name="Steps">Steps in the whole run.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">The mean loss of the batch, before the update.</param>
/// <param name="ImagesPerSecond">Over this epoch, from where this process began it.</param>
public readonly record struct StepReport(long Step, long Steps, int Epoch, double Loss, double ImagesPerSecond);
