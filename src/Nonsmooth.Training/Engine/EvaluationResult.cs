using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Engine;

/// <summary>How well a model does on a split.</summary>
/// <param name="Loss">The mean loss over the examples, as evaluation takes it.</param>
/// <param name="Metrics">The model's metrics.</param>
public sealed record EvaluationResult(double Loss, MetricValues Metrics)
{
    /// <summary>The name of the metric that decides which weights are best, where a model has it.</summary>
    public const string AccuracyName = "accuracy";

    /// <summary>What nobody measured: NaN throughout.</summary>
    internal static EvaluationResult None(Model model) => new(double.NaN, new MetricValues(model.Metrics.Select(m => (m.Name, double.NaN))));

    /// <summary>The part of the targets classified rightly, from 0 to 1; NaN where the model has no such metric.</summary>
    public double Accuracy => Metrics.Find(AccuracyName);
}
