namespace Nonsmooth.Training.Objectives;

/// <summary>The mean of |x − y|.</summary>
/// <param name="Target">The field y.</param>
public sealed record AbsoluteErrorMetric(string Target) : PairMetric("mae", Target)
{
    /// <inheritdoc/>
    protected override double Of(double output, double target) => Math.Abs(output - target);
}
