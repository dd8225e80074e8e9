namespace Nonsmooth.Sparsity;

/// <summary>A matrix of which the entries of a pattern are kept; the others are 0.</summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Values">The entries, row by row, as the pattern has them.</param>
public sealed record SparseMatrix(SparsityPattern Pattern, IReadOnlyList<double> Values)
{
    /// <summary>An entry; 0 outside the pattern.</summary>
    public double this[int row, int column] => Pattern.Find(row, column) is >= 0 and var at ? Values[at] : 0;

    /// <summary>All entries, row-major.</summary>
    public double[] ToDense()
    {
        double[] dense = new double[checked(Pattern.Rows * Pattern.Columns)];
        for (int r = 0; r < Pattern.Rows; r++)
        {
            for (int k = Pattern.RowStarts[r]; k < Pattern.RowStarts[r + 1]; k++)
            {
                dense[(r * Pattern.Columns) + Pattern.ColumnIndices[k]] = Values[k];
            }
        }

        return dense;
    }
}
