namespace Nonsmooth.Solutions;

/// <summary>A matrix by the columns of its entries (compressed sparse columns): which entries there are is its pattern, and fixed.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Starts">Where each column begins in <paramref name="Indices"/>, and where the last ends: <paramref name="Columns"/> + 1 numbers.</param>
/// <param name="Indices">Rows of the entries, column by column, ascending within one, none twice.</param>
/// <param name="Values">The entries.</param>
internal sealed record SparseMatrix(int Rows, int Columns, int[] Starts, int[] Indices, double[] Values)
{
    /// <summary>How many entries there are.</summary>
    public int Count => Indices.Length;

    /// <summary>Row, column and value of each entry, column by column.</summary>
    public IEnumerable<(int Row, int Column, double Value)> Entries
    {
        get
        {
            for (int j = 0; j < Columns; j++)
            {
                for (int k = Starts[j]; k < Starts[j + 1]; k++)
                {
                    yield return (Indices[k], j, Values[k]);
                }
            }
        }
    }

    /// <summary>The matrix of given entries; those at one place are added.</summary>
    /// <exception cref="ArgumentException">An index lies outside.</exception>
    public static SparseMatrix Of(int rows, int columns, IReadOnlyList<int> row, IReadOnlyList<int> column, IReadOnlyList<double> values)
    {
        if (row.Count != column.Count || row.Count != values.Count)
        {
            throw new ArgumentException($"{row.Count} rows, {column.Count} columns and {values.Count} values: there is one of each an entry");
        }

        int[] order = [.. Enumerable.Range(0, row.Count)];
        Array.Sort(order, (a, b) => column[a] != column[b] ? column[a].CompareTo(column[b]) : row[a].CompareTo(row[b]));
        var (starts, indices, entries) = (new int[columns + 1], new List<int>(row.Count), new List<double>(row.Count));
        int last = -1;
        foreach (int at in order)
        {
            if (row[at] < 0 || row[at] >= rows || column[at] < 0 || column[at] >= columns)
            {
                throw new ArgumentException($"entry ({row[at]}, {column[at]}) lies outside of {rows} x {columns}");
            }

            if (last >= 0 && row[last] == row[at] && column[last] == column[at])
            {
                entries[^1] += values[at];
            }
            else
            {
                indices.Add(row[at]);
                entries.Add(values[at]);
                starts[column[at] + 1]++;
            }

            last = at;
        }

        for (int j = 0; j < columns; j++)
        {
            starts[j + 1] += starts[j];
        }

        return new(rows, columns, starts, [.. indices], [.. entries]);
    }

    /// <summary>y + factor·Mx.</summary>
    public void Add(double[] x, double[] y, double factor = 1)
    {
        for (int j = 0; j < Columns; j++)
        {
            double scaled = factor * x[j];
            for (int k = Starts[j]; k < Starts[j + 1]; k++)
            {
                y[Indices[k]] += Values[k] * scaled;
            }
        }
    }

    /// <summary>y + factor·Mᵀx.</summary>
    public void AddTransposed(double[] x, double[] y, double factor = 1)
    {
        for (int j = 0; j < Columns; j++)
        {
            double sum = 0;
            for (int k = Starts[j]; k < Starts[j + 1]; k++)
            {
                sum += Values[k] * x[Indices[k]];
            }

            y[j] += factor * sum;
        }
    }

    /// <summary>diag(left)·M·diag(right).</summary>
    public SparseMatrix Scaled(double[] left, double[] right)
    {
        double[] values = new double[Count];
        for (int j = 0; j < Columns; j++)
        {
            for (int k = Starts[j]; k < Starts[j + 1]; k++)
            {
                values[k] = left[Indices[k]] * Values[k] * right[j];
            }
        }

        return this with { Values = values };
    }

    /// <summary>The rows of some, in that order, each as often as it is named; others are left out.</summary>
    public SparseMatrix Chosen(IReadOnlyList<int> rows)
    {
        var places = Enumerable.Range(0, rows.Count).ToLookup(i => rows[i]);
        var entries = new SparseEntries();
        foreach (var (row, column, value) in Entries)
        {
            foreach (int place in places[row])
            {
                entries.Add(place, column, value);
            }
        }

        return entries.Matrix(rows.Count, Columns);
    }
}
