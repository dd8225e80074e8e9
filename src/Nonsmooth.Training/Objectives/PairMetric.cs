namespace Nonsmooth.Training.Objectives;

/// <summary>A mean over the elements of an output and of a field of real numbers.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Target">The field.</param>
public abstract record PairMetric(string Name, string Target) : Metric(Name)
{
    /// <summary>The output that is compared. Default null: the only one.</summary>
    public string? Output { get; init; }

    /// <inheritdoc/>
    public sealed override (double Sum, double Weight) Of(MetricBatch batch)
    {
        var output = batch.Output(Output);
        var target = batch.Real(Target);
        if (output.Length != target.Length)
        {
            throw new NonsmoothException($"metric '{Name}' compares as many numbers: the output has {output.Length}, field '{Target}' has {target.Length}");
        }

        double sum = 0;
        for (int i = 0; i < target.Length; i++)
        {
            sum += Of(output[i], target[i]);
        }

        return (sum, target.Length);
    }

    /// <summary>What one element adds.</summary>
    protected abstract double Of(double output, double target);
}
