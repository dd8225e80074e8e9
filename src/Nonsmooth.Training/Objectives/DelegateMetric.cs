namespace Nonsmooth.Training.Objectives;

/// <summary>A metric that an ordinary function computes: the mean of what batches give, by their examples.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Compute">The mean over a batch.</param>
public sealed record DelegateMetric(string Name, Func<MetricBatch, double> Compute) : Metric(Name)
{
    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public override (double Sum, double Weight) Of(MetricBatch batch) => (Compute(batch) * batch.Count, batch.Count);
}
