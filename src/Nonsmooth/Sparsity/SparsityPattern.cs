namespace Nonsmooth.Sparsity;

/// <summary>Which entries of a matrix can be other than 0: row by row, columns in ascending order.</summary>
public sealed class SparsityPattern
{
    private readonly int[] _starts;
    private readonly int[] _indices;

    /// <summary>Makes a pattern of the columns of each row.</summary>
    /// <param name="columns">How many columns.</param>
    /// <param name="rows">For each row its columns, ascending.</param>
    /// <exception cref="NonsmoothException">A column is out of range or out of order; the message names the row.</exception>
    public SparsityPattern(int columns, IReadOnlyList<int[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Columns = columns;
        _starts = new int[rows.Count + 1];
        for (int r = 0; r < rows.Count; r++)
        {
            int[] row = rows[r];
            for (int k = 0; k < row.Length; k++)
            {
                if (row[k] < 0 || row[k] >= columns || (k > 0 && row[k] <= row[k - 1]))
                {
                    throw new NonsmoothException($"row {r} of a pattern has column {row[k]} at position {k}: give columns in [0, {columns}), ascending");
                }
            }

            _starts[r + 1] = checked(_starts[r] + row.Length);
        }

        _indices = [.. rows.SelectMany(r => r)];
    }

    /// <summary>How many rows.</summary>
    public int Rows => _starts.Length - 1;

    /// <summary>How many columns.</summary>
    public int Columns { get; }

    /// <summary>How many entries.</summary>
    public int Count => _indices.Length;

    /// <summary>Where each row's entries begin, and where the last one's end.</summary>
    public ReadOnlySpan<int> RowStarts => _starts;

    /// <summary>The columns of all entries, row by row.</summary>
    public ReadOnlySpan<int> ColumnIndices => _indices;

    /// <summary>A row's columns, ascending.</summary>
    public ReadOnlySpan<int> Row(int row) => _indices.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>The pattern of the transposed matrix.</summary>
    public SparsityPattern Transposed()
    {
        var rows = new List<int>[Columns];
        for (int c = 0; c < Columns; c++)
        {
            rows[c] = [];
        }

        for (int r = 0; r < Rows; r++)
        {
            foreach (int c in Row(r))
            {
                rows[c].Add(r);
            }
        }

        return new(Rows, Array.ConvertAll(rows, r => r.ToArray()));
    }

    /// <summary>The least symmetric pattern that has these entries and the whole diagonal; it is square.</summary>
    internal SparsityPattern Symmetric()
    {
        var transposed = Transposed();
        var rows = new int[Rows][];
        for (int r = 0; r < Rows; r++)
        {
            rows[r] = [.. new SortedSet<int>([r, .. Row(r), .. transposed.Row(r)])];
        }

        return new(Columns, rows);
    }

    /// <summary>Where an entry is among all; −1 where there is none.</summary>
    internal int Find(int row, int column)
    {
        int at = Row(row).BinarySearch(column);
        return at < 0 ? -1 : _starts[row] + at;
    }
}
