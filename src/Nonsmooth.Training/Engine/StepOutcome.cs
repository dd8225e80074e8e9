namespace Nonsmooth.Training.Engine;

/// <summary>What one step of a run came to.</summary>
/// <param name="Loss">The mean loss of its examples.</param>
/// <param name="Fault">Why the run cannot go on; null where it can.</param>
/// <param name="Mend">What to do about it; null for what helps in most cases.</param>
/// <param name="Stop">Whether a rank asks all to end after it.</param>
internal readonly record struct StepOutcome(double Loss, string? Fault = null, string? Mend = null, bool Stop = false);
