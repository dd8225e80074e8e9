namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of (x − y)².</summary>
/// <param name="Target">The field y.</param>
public sealed record SquaredErrorMetric(string Target) : PairMetric("mse", Target)
{
    /// <inheritdoc/>
    protected override double Of(double output, double target) => (output - target) * (output - target);
}
