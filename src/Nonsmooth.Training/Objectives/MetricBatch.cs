namespace Nonsmooth.Training.Objectives;

/// <summary>What a metric reads: the outputs and the fields of a batch, as numbers in order, example after example.</summary>
public abstract class MetricBatch
{
    /// <summary>Examples in the batch.</summary>
    public abstract int Count { get; }

    /// <summary>The loss of the batch, as evaluation takes it.</summary>
    public abstract double Loss { get; }

    /// <summary>An output, row-major.</summary>
    /// <param name="name">Its name; null for the only one.</param>
    /// <exception cref="NonsmoothException">There is none of that name.</exception>
    public abstract ReadOnlySpan<float> Output(string? name = null);

    /// <summary>A field of real numbers, row-major.</summary>
    /// <exception cref="NonsmoothException">There is none of that name.</exception>
    public abstract ReadOnlySpan<float> Real(string field);

    /// <summary>A field of indices, row-major.</summary>
    /// <exception cref="NonsmoothException">There is none of that name.</exception>
    public abstract ReadOnlySpan<long> Index(string field);
}
