using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A sparse matrix that acts along one axis: each element of the result is a weighted sum of few elements.</summary>
/// <remarks>Two with the same numbers are the same. Entries of a row are added in their order; weights of 1 are not multiplied by.</remarks>
public sealed class AxisMap : IEquatable<AxisMap>
{
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly double[] _weights;
    private readonly byte[] _digest;
    private AxisMap? _transposed;

    private AxisMap(int size, int[] starts, int[] columns, double[] weights)
    {
        (Size, _starts, _columns, _weights) = (size, starts, columns, weights);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<int>([size, starts.Length]));
        hash.AppendData(MemoryMarshal.AsBytes<int>(starts));
        hash.AppendData(MemoryMarshal.AsBytes<int>(columns));
        hash.AppendData(MemoryMarshal.AsBytes<double>(weights));
        _digest = hash.GetHashAndReset();
    }

    /// <summary>The size of the axis that it acts on.</summary>
    public int Size { get; }

    /// <summary>The size of the axis that it makes.</summary>
    public int Rows => _starts.Length - 1;

    /// <summary>How many weights it has.</summary>
    public long Entries => _columns.Length;

    /// <summary>How many of them are not 1.</summary>
    public long Scaled => _weights.LongCount(w => w != 1);

    /// <summary>How many rows have a weight.</summary>
    public long Occupied => Enumerable.Range(0, Rows).LongCount(r => _starts[r + 1] > _starts[r]);

    /// <summary>Whether every row is one element, taken as it is.</summary>
    public bool IsSelection => Entries == Rows && Occupied == Rows && Scaled == 0;

    /// <summary>The transposed matrix.</summary>
    public AxisMap Transposed => _transposed ??= Transpose();

    /// <summary>A matrix by its rows. Weights of one element in a row are added up, those of 0 left out.</summary>
    /// <param name="size">The size of the axis that it acts on.</param>
    /// <param name="rows">For each element of the result the elements it is made of, with their weights.</param>
    /// <exception cref="ShapeException">An element is not of the axis, or a weight not finite.</exception>
    public static AxisMap Of(int size, IEnumerable<IEnumerable<(int Index, double Weight)>> rows)
    {
        List<int> starts = [0], columns = [];
        List<double> weights = [];
        foreach (var row in rows)
        {
            int start = columns.Count;
            foreach (var (index, weight) in row)
            {
                if (index < 0 || index >= size || !double.IsFinite(weight))
                {
                    throw new ShapeException(string.Create(CultureInfo.InvariantCulture, $"row {starts.Count - 1} takes {weight} of element {index} of {size}: give finite weights of elements in [0, {size})"));
                }

                int at = weight == 0 ? -1 : columns.IndexOf(index, start);
                if (at >= 0)
                {
                    weights[at] += weight;
                }
                else if (weight != 0)
                {
                    columns.Add(index);
                    weights.Add(weight);
                }
            }

            starts.Add(columns.Count);
        }

        return new AxisMap(size, [.. starts], [.. columns], [.. weights]);
    }

    /// <summary>The matrix that takes elements as they are.</summary>
    /// <param name="size">The size of the axis.</param>
    /// <param name="indices">Which elements.</param>
    public static AxisMap Selecting(int size, IntVector indices) => Of(size, indices.Select(i => new[] { (i, 1.0) }));

    /// <summary>The elements that a row is made of.</summary>
    public ReadOnlySpan<int> Columns(int row) => _columns.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    /// <summary>Their weights.</summary>
    public ReadOnlySpan<double> Weights(int row) => _weights.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    /// <summary>The elements of all rows, one after the other: what a matrix of one element a row selects.</summary>
    public IntVector AllColumns => _columns;

    /// <inheritdoc/>
    public bool Equals(AxisMap? other) => other is not null && (ReferenceEquals(this, other) || _digest.AsSpan().SequenceEqual(other._digest));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AxisMap);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_digest);

    /// <summary>The sizes, and the first digits of the SHA-256 of its numbers.</summary>
    public override string ToString() => $"{Size} to {Rows}, {Convert.ToHexStringLower(_digest.AsSpan(0, 4))}";

    private AxisMap Transpose()
    {
        var rows = new List<(int, double)>[Size];
        for (int i = 0; i < Size; i++)
        {
            rows[i] = [];
        }

        for (int r = 0; r < Rows; r++)
        {
            for (int k = _starts[r]; k < _starts[r + 1]; k++)
            {
                rows[_columns[k]].Add((r, _weights[k]));
            }
        }

        var transposed = Of(Rows, rows);
        transposed._transposed = this;
        return transposed;
    }
}
