using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Cli.Training;

/// <summary>What a training run came to.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Data">The data set's name.</param>
/// <param name="Optimizer">The optimizer's name.</param>
/// <param name="Epochs">Whole epochs done.</param>
/// <param name="Steps">Steps done.</param>
/// <param name="TestAccuracy">From 0 to 1, after the last whole epoch; none of a model that does not measure it.</param>
/// <param name="TestLoss">Mean test loss after the last whole epoch.</param>
/// <param name="Metrics">The model's metrics on the test half after it.</param>
/// <param name="Perplexity">Of a text: the exponential of the test loss.</param>
/// <param name="BitsPerToken">Of a text: the test loss in bits.</param>
/// <param name="WaitShare">The part of the training time that was spent waiting for batches, from 0 to 1.</param>
/// <param name="Ranks">Ranks that shared each step.</param>
/// <param name="ExposedShare">Over several: the part of the training time that rank 0 waited for sums over them, from 0 to 1.</param>
/// <param name="TrainLoss">Mean loss of the last whole epoch.</param>
/// <param name="Seconds">Time of the whole run, earlier parts included.</param>
/// <param name="Interrupted">Whether it was stopped before its end.</param>
/// <param name="StoppedEarly">Whether it ended before its last epoch, for it no longer got better.</param>
/// <param name="LossScale">The loss scale at the end, if there is one.</param>
/// <param name="StepsSkipped">Steps that were skipped, for their gradient was not finite at the loss scale.</param>
/// <param name="Memory">How loss and gradient stay within a budget of memory, if one was given.</param>
/// <param name="Files">What was written, by kind.</param>
/// <param name="History">Every whole epoch.</param>
internal sealed record TrainReport(
    string Network,
    string Data,
    string Optimizer,
    int Epochs,
    long Steps,
    double? TestAccuracy,
    double? TestLoss,
    MetricValues Metrics,
    double? Perplexity,
    double? BitsPerToken,
    double? WaitShare,
    int Ranks,
    double? ExposedShare,
    double? TrainLoss,
    double Seconds,
    bool Interrupted,
    bool StoppedEarly,
    double? LossScale,
    long StepsSkipped,
    StepMemory? Memory,
    IReadOnlyDictionary<string, string> Files,
    IReadOnlyList<EpochReport> History)
{
    public static TrainReport Of(TrainingResult result) => new(
        result.Network,
        result.Data,
        result.Optimizer,
        result.Epochs,
        result.Steps,
        result.TestAccuracy,
        result.TestLoss,
        result.Metrics,
        result.IsText ? Math.Exp(result.TestLoss ?? double.NaN) : null,
        result.IsText ? result.TestLoss / Math.Log(2) : null,
        result.WaitShare,
        result.Ranks,
        result.ExposedShare,
        result.TrainLoss,
        result.Seconds,
        result.Interrupted,
        result.StoppedEarly,
        result.LossScale,
        result.SkippedSteps,
        result.Memory,
        result.Files,
        result.History);
}
