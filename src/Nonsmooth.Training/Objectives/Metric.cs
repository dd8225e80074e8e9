namespace Nonsmooth.Training.Objectives;

/// <summary>A number that says how well a model does: a mean over what it is evaluated on.</summary>
/// <param name="Name">What users call it: <c>accuracy</c>; unique in a model, and a column of <c>metrics.csv</c>.</param>
public abstract record Metric(string Name)
{
    /// <summary>What a batch adds: a sum, and over how much it is.</summary>
    /// <param name="batch">The batch.</param>
    /// <exception cref="NonsmoothException">An output or a field is missing or of another size than the metric takes.</exception>
    public abstract (double Sum, double Weight) Of(MetricBatch batch);

    /// <summary>The metric, from the mean of all batches. Default the mean itself.</summary>
    public virtual double Value(double mean) => mean;
}
