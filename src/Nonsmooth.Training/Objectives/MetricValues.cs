using System.Collections;

namespace Nonsmooth.Training.Objectives;

/// <summary>Metrics by name, in a model's order; equal where names and values are.</summary>
public sealed class MetricValues : IReadOnlyList<(string Name, double Value)>, IEquatable<MetricValues>
{
    private readonly (string Name, double Value)[] _values;

    /// <summary>Takes metrics.</summary>
    public MetricValues(IEnumerable<(string Name, double Value)> values) => _values = [.. values];

    /// <summary>None.</summary>
    public static MetricValues None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public (string Name, double Value) this[int index] => _values[index];

    /// <summary>The metric of a name; NaN where there is none.</summary>
    public double this[string name] => _values.Where(v => v.Name == name).Select(v => v.Value).DefaultIfEmpty(double.NaN).First();

    /// <inheritdoc/>
    public bool Equals(MetricValues? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricValues);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(_values.Length, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<(string Name, double Value)> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
