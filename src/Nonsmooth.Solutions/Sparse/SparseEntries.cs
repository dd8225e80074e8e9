namespace Nonsmooth.Solutions;

/// <summary>Entries of a matrix as they are found, in any order.</summary>
internal sealed class SparseEntries
{
    private readonly List<int> _rows = [];
    private readonly List<int> _columns = [];
    private readonly List<double> _values = [];

    /// <summary>One more; those at one place are added up.</summary>
    public void Add(int row, int column, double value)
    {
        _rows.Add(row);
        _columns.Add(column);
        _values.Add(value);
    }

    /// <summary>All of a matrix.</summary>
    public void Add(SparseMatrix matrix)
    {
        foreach (var (row, column, value) in matrix.Entries)
        {
            Add(row, column, value);
        }
    }

    /// <summary>The matrix.</summary>
    public SparseMatrix Matrix(int rows, int columns) => SparseMatrix.Of(rows, columns, _rows, _columns, _values);
}
