using System.Collections;
using System.Globalization;

namespace Nonsmooth.Tensors;

/// <summary>The sizes of a tensor's axes, outermost first. An empty shape is a scalar.</summary>
public sealed class Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    private readonly int[] _sizes;

    /// <summary>Creates a shape. Sizes are not negative; a size may be 0.</summary>
    /// <exception cref="ShapeException">A size is negative, or there are more elements than 63 bits count.</exception>
    public Shape(params ReadOnlySpan<int> sizes)
    {
        var count = (UInt128)1;
        foreach (int size in sizes)
        {
            if (size < 0)
            {
                throw new ShapeException($"{size} is no size of an axis, in ({Text(sizes)}): give at least 0");
            }

            count = size == 0 ? 0 : count > long.MaxValue ? count : count * (uint)size;
        }

        _sizes = sizes.ToArray();
        Count64 = count <= long.MaxValue
            ? (long)count
            : throw new ShapeException($"({Text(sizes)}) has more elements than 63 bits count: give smaller sizes");
    }

    /// <summary>The shape without axes: one element.</summary>
    public static Shape Scalar { get; } = new();

    /// <summary>Number of axes.</summary>
    public int Rank => _sizes.Length;

    /// <summary>Number of elements.</summary>
    public long Count64 { get; }

    /// <summary>Number of elements, for a tensor that is held in one managed array.</summary>
    /// <exception cref="ShapeException">There are more than an array takes.</exception>
    public int Elements => Count64 <= Array.MaxLength
        ? (int)Count64
        : throw new ShapeException($"{this} has {Count64} elements, more than the {Array.MaxLength} of one array: give smaller sizes");

    int IReadOnlyCollection<int>.Count => _sizes.Length;

    /// <summary>Size of an axis.</summary>
    public int this[int axis] => _sizes[axis];

    /// <summary>Size of an axis, <c>^1</c> being the innermost.</summary>
    public int this[Index axis] => _sizes[axis];

    /// <summary>A run of axes.</summary>
    public Shape this[Range axes] => new(_sizes.AsSpan()[axes]);

    /// <summary>The sizes.</summary>
    public ReadOnlySpan<int> AsSpan() => _sizes;

    /// <summary>Elements to step over for one step along each axis, in row-major order.</summary>
    public int[] Strides()
    {
        var strides = new int[Rank];
        int step = 1;
        for (int i = Rank - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= _sizes[i];
        }

        return strides;
    }

    /// <summary>The same shape with one axis of another size.</summary>
    public Shape With(int axis, int size)
    {
        var sizes = _sizes.ToArray();
        sizes[axis] = size;
        return new Shape(sizes);
    }

    /// <summary>The axes of both, those of <paramref name="inner"/> last.</summary>
    public Shape Concat(Shape inner) => new([.. _sizes, .. inner._sizes]);

    /// <summary>Turns a possibly negative axis (−1 is the innermost) into one in [0, rank).</summary>
    public int Axis(int axis)
    {
        int resolved = axis < 0 ? axis + Rank : axis;
        if (resolved < 0 || resolved >= Rank)
        {
            throw new ShapeException($"axis {axis} is not an axis of {this}: use one in [{-Rank}, {Rank - 1}]");
        }

        return resolved;
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _sizes.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _sizes.AsSpan().SequenceEqual(other._sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int size in _sizes)
        {
            hash.Add(size);
        }

        return hash.ToHashCode();
    }

    private static string Text(ReadOnlySpan<int> sizes) =>
        string.Join(", ", sizes.ToArray().Select(size => size.ToString(CultureInfo.InvariantCulture)));

    /// <summary>As in <c>32×1×28×28</c>; <c>scalar</c> without axes.</summary>
    public override string ToString() =>
        Rank == 0 ? "scalar" : string.Join('×', _sizes.Select(s => s.ToString(CultureInfo.InvariantCulture)));
}
