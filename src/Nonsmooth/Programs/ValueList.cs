using System.Collections;

namespace Nonsmooth.Programs;

/// <summary>Numbers of values, in order: a node's arguments or its results.</summary>
/// <remarks>A view of the program's own arrays; it costs nothing to make. Equal to another where the numbers are.</remarks>
public readonly struct ValueList : IReadOnlyList<int>, IEquatable<ValueList>
{
    private readonly int[]? _numbers;
    private readonly int _start;

    internal ValueList(int[]? numbers, int start, int length) => (_numbers, _start, Length) = (numbers, start, length);

    /// <summary>How many there are.</summary>
    public int Length { get; }

    int IReadOnlyCollection<int>.Count => Length;

    /// <summary>The number at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public int this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Length, nameof(index));

            // Without an array the numbers are consecutive.
            return _numbers is null ? _start + index : _numbers[_start + index];
        }
    }

    /// <summary>Whether the lists have the same numbers in the same order.</summary>
    public static bool operator ==(ValueList left, ValueList right) => left.Equals(right);

    /// <summary>Whether the lists differ.</summary>
    public static bool operator !=(ValueList left, ValueList right) => !left.Equals(right);

    /// <summary>The position of a number, or −1.</summary>
    public int IndexOf(int value)
    {
        for (int i = 0; i < Length; i++)
        {
            if (this[i] == value)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a number is among them.</summary>
    public bool Contains(int value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public bool Equals(ValueList other)
    {
        if (Length != other.Length)
        {
            return false;
        }

        for (int i = 0; i < Length; i++)
        {
            if (this[i] != other[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueList other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int number in this)
        {
            hash.Add(number);
        }

        return hash.ToHashCode();
    }

    /// <summary>The numbers, in order.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the numbers.</summary>
    public struct Enumerator : IEnumerator<int>
    {
        private readonly ValueList _list;
        private int _at;

        internal Enumerator(ValueList list) => (_list, _at) = (list, -1);

        /// <inheritdoc/>
        public readonly int Current => _list[_at];

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_at < _list.Length;

        /// <inheritdoc/>
        public void Reset() => _at = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
