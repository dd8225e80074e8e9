namespace Nonsmooth.Training.Studies;

/// <summary>Where one training run of a study ended.</summary>
/// <param name="Seed">The seed of parameters and order of examples.</param>
/// <param name="Steps">Steps that were taken.</param>
/// <param name="NotFiniteAt">The step, from 1, whose loss was not finite or that left a parameter so; the run ends there. Null where none was.</param>
/// <param name="TrainLoss">The mean loss over the last steps, an epoch of them at most; NaN where the run ended early.</param>
/// <param name="TestLoss">The mean loss over the test half; NaN where the run ended early.</param>
/// <param name="TestAccuracy">The share of the test half that is classified rightly; NaN where the run ended early.</param>
/// <param name="Parameters">The final parameters, one array each.</param>
public sealed record TrainingOutcome(
    ulong Seed, long Steps, long? NotFiniteAt, double TrainLoss, double TestLoss, double TestAccuracy, IReadOnlyList<float[]> Parameters)
{
    /// <summary>Whether every loss and parameter was finite.</summary>
    public bool IsFinite => NotFiniteAt is null;
}
