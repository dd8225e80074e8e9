namespace Nonsmooth.Solutions;

/// <summary>Which entries a matrix has: its others are 0 and stay so, in derivatives too.</summary>
/// <remarks>Entries stand column by column, within one by ascending row: the order in which parameters give their values, and gradients come back.</remarks>
public sealed class SparsePattern : IEquatable<SparsePattern>
{
    private readonly int[] _starts;
    private readonly int[] _rows;

    private SparsePattern(int rows, int columns, int[] starts, int[] indices) => (Rows, Columns, _starts, _rows) = (rows, columns, starts, indices);

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of entries.</summary>
    public int Count => _rows.Length;

    /// <summary>The places of the entries, in their order.</summary>
    public IEnumerable<(int Row, int Column)> Places => Enumerable.Range(0, Columns).SelectMany(j => _rows[_starts[j].._starts[j + 1]].Select(i => (i, j)));

    /// <summary>The pattern of given places, each once, in any order.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="places">Row and column of each entry.</param>
    /// <exception cref="ArgumentException">A place lies outside, or is given twice.</exception>
    public static SparsePattern Of(int rows, int columns, IEnumerable<(int Row, int Column)> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var all = places.ToArray();
        var matrix = SparseMatrix.Of(rows, columns, [.. all.Select(p => p.Row)], [.. all.Select(p => p.Column)], new double[all.Length]);
        return matrix.Count == all.Length
            ? new(rows, columns, matrix.Starts, matrix.Indices)
            : throw new ArgumentException($"{all.Length - matrix.Count} of {all.Length} places are given twice: add their values up first", nameof(places));
    }

    /// <summary>Every place of a matrix.</summary>
    public static SparsePattern Full(int rows, int columns) =>
        Of(rows, columns, Enumerable.Range(0, columns).SelectMany(j => Enumerable.Range(0, rows).Select(i => (i, j))));

    /// <summary>The diagonal of a square matrix.</summary>
    public static SparsePattern Diagonal(int size) => Of(size, size, Enumerable.Range(0, size).Select(i => (i, i)));

    /// <summary>The upper triangle of a square matrix, its diagonal in it.</summary>
    public static SparsePattern Upper(int size) => Of(size, size, Enumerable.Range(0, size).SelectMany(j => Enumerable.Range(0, j + 1).Select(i => (i, j))));

    /// <inheritdoc/>
    public bool Equals(SparsePattern? other) => other is not null && Rows == other.Rows && Columns == other.Columns && _starts.SequenceEqual(other._starts) && _rows.SequenceEqual(other._rows);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SparsePattern);

    /// <inheritdoc/>
    public override int GetHashCode() => _rows.Aggregate(HashCode.Combine(Rows, Columns), HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => $"{Count} entries of {Rows} x {Columns}";

    internal SparseMatrix With(double[] values) => new(Rows, Columns, _starts, _rows, values);
}
