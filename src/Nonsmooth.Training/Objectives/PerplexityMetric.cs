namespace Nonsmooth.Training.Objectives;

/// <summary>The exponential of the mean loss: of a text, how many tokens it is as unsure between.</summary>
public sealed record PerplexityMetric() : Metric("perplexity")
{
    /// <inheritdoc/>
    public override (double Sum, double Weight) Of(MetricBatch batch) => (batch.Loss * batch.Count, batch.Count);

    /// <inheritdoc/>
    public override double Value(double mean) => Math.Exp(mean);
}
