using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Tensors;

/// <summary>A short list of integers compared by its elements: axes, a permutation, starts, pads.</summary>
[CollectionBuilder(typeof(IntVector), nameof(Create))]
public sealed class IntVector : IReadOnlyList<int>, IEquatable<IntVector>
{
    private readonly int[] _items;

    private IntVector(ReadOnlySpan<int> items) => _items = items.ToArray();

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public int this[int index] => _items[index];

    /// <summary>Creates a vector from its elements; what a collection expression calls.</summary>
    public static IntVector Create(ReadOnlySpan<int> items) => new(items);

    /// <summary>An array is a vector.</summary>
    public static implicit operator IntVector(int[] items) => new(items);

    /// <summary>The elements.</summary>
    public ReadOnlySpan<int> AsSpan() => _items;

    /// <summary>Whether an element occurs.</summary>
    public bool Contains(int item) => _items.AsSpan().Contains(item);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(IntVector? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IntVector);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>As in <c>[0, 2]</c>.</summary>
    public override string ToString() =>
        $"[{string.Join(", ", _items.Select(i => i.ToString(CultureInfo.InvariantCulture)))}]";
}
