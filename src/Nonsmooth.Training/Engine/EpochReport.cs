using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Engine;

/// <summary>One epoch of a run: a line of <c>metrics.csv</c>.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">Steps done in the whole run.</param>
/// <param name="Rate">The learning rate of its last step.</param>
/// <param name="TrainLoss">The mean of its steps' losses.</param>
/// <param name="TestLoss">The mean loss of the test half after it.</param>
/// <param name="TestAccuracy">The part of the test half that is classified rightly, from 0 to 1; NaN where the model does not measure that.</param>
/// <param name="Seconds">Time the whole run has taken, this epoch's evaluation included.</param>
public sealed record EpochReport(
    int Epoch, long Step, double Rate, double TrainLoss, double TestLoss, double TestAccuracy, double Seconds)
{
    /// <summary>The model's metrics on the test half after it, accuracy among them where it has that.</summary>
    public MetricValues Metrics { get; init; } = MetricValues.None;
}
