namespace Nonsmooth.Training.Objectives;

/// <summary>The metrics that come with the library. To add one: its file, and a row here.</summary>
public static class Metrics
{
    /// <summary>The part classified rightly: <see cref="AccuracyMetric"/>.</summary>
    public static AccuracyMetric Accuracy(string target = "target") => new(target);

    /// <summary>The mean of |x − y|: <see cref="AbsoluteErrorMetric"/>.</summary>
    public static AbsoluteErrorMetric MeanAbsoluteError(string target) => new(target);

    /// <summary>The mean of (x − y)²: <see cref="SquaredErrorMetric"/>.</summary>
    public static SquaredErrorMetric MeanSquaredError(string target) => new(target);

    /// <summary>The exponential of the mean loss: <see cref="PerplexityMetric"/>.</summary>
    public static PerplexityMetric Perplexity() => new();

    /// <summary>A metric of your own.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="compute">Its mean over a batch; the metric is the mean of those by their examples.</param>
    public static DelegateMetric Of(string name, Func<MetricBatch, double> compute) => new(name, compute);
}
