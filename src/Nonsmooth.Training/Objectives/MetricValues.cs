using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Nonsmooth.Training.Objectives;

/// <summary>Metrics by name, in a model's order; equal where names and values are.</summary>
public sealed class MetricValues : IReadOnlyDictionary<string, double>, IEquatable<MetricValues>
{
    private readonly KeyValuePair<string, double>[] _values;

    /// <summary>Takes metrics.</summary>
    public MetricValues(IEnumerable<(string Name, double Value)> values) => _values = [.. values.Select(v => KeyValuePair.Create(v.Name, v.Value))];

    /// <summary>None.</summary>
    public static MetricValues None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Select(v => v.Key);

    /// <inheritdoc/>
    public IEnumerable<double> Values => _values.Select(v => v.Value);

    /// <inheritdoc/>
    public double this[string key] => TryGetValue(key, out double value) ? value : throw new KeyNotFoundException($"There is no metric '{key}'.");

    /// <summary>The metric of a name; NaN where there is none.</summary>
    public double Find(string name) => TryGetValue(name, out double value) ? value : double.NaN;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Keys.Contains(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        int at = Array.FindIndex(_values, v => v.Key == key);
        value = at < 0 ? default : _values[at].Value;
        return at >= 0;
    }

    /// <inheritdoc/>
    public bool Equals(MetricValues? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricValues);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(_values.Length, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
