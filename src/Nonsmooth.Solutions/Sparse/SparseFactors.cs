using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>LDLᵀ of a symmetric quasi-definite matrix in an order of little fill; the analysis serves every matrix of one pattern.</summary>
/// <remarks>Source: Davis, ACM Transactions on Mathematical Software 31 (2005), Algorithm 849: row by row along the elimination tree. Quasi-definite matrices have
/// an LDLᵀ in every order (Vanderbei, SIAM Journal on Optimization 5, 1995). A pivot whose sign is not its row's, or that is smaller than the floor, is replaced by the floor of that sign.</remarks>
internal sealed class SparseFactors
{
    private readonly int _n;
    private readonly int[] _order;
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly int[] _source;
    private readonly int[] _parent;
    private readonly int[] _columns;
    private readonly int[] _filled;
    private readonly int[] _index;
    private readonly double[] _lower;
    private readonly double[] _pivots;
    private readonly int[] _pattern;
    private readonly int[] _flag;
    private readonly double[] _work;
    private readonly bool[] _positive;

    /// <summary>Analyses a pattern.</summary>
    /// <param name="matrix">One triangle of the matrix, its diagonal in it.</param>
    /// <param name="positive">Of each row, whether its pivot is positive.</param>
    public SparseFactors(SparseMatrix matrix, bool[] positive)
    {
        int n = _n = matrix.Columns;
        _order = FillOrdering.Of(n, matrix.Starts, matrix.Indices);
        int[] place = new int[n];
        for (int k = 0; k < n; k++)
        {
            place[_order[k]] = k;
        }

        _positive = [.. _order.Select(i => positive[i])];
        _starts = new int[n + 1];
        (_rows, _source) = (new int[matrix.Count], new int[matrix.Count]);
        for (int pass = 0; pass < 2; pass++)
        {
            int[] next = pass == 0 ? new int[n + 1] : _starts[..^1];
            for (int j = 0; j < n; j++)
            {
                for (int k = matrix.Starts[j]; k < matrix.Starts[j + 1]; k++)
                {
                    var (row, column) = (place[matrix.Indices[k]], place[j]);
                    (row, column) = row <= column ? (row, column) : (column, row);
                    if (pass == 0)
                    {
                        next[column + 1]++;
                    }
                    else
                    {
                        (_rows[next[column]], _source[next[column]++]) = (row, k);
                    }
                }
            }

            if (pass == 0)
            {
                for (int j = 0; j < n; j++)
                {
                    _starts[j + 1] = _starts[j] + next[j + 1];
                }
            }
        }

        (_parent, _flag, _pattern, _filled, _columns) = (new int[n], new int[n], new int[n], new int[n], new int[n + 1]);
        Array.Fill(_flag, -1);
        long entries = 0;
        for (int k = 0; k < n; k++)
        {
            (_parent[k], _flag[k]) = (-1, k);
            for (int p = _starts[k]; p < _starts[k + 1]; p++)
            {
                for (int i = _rows[p]; _flag[i] != k; i = _parent[i])
                {
                    _parent[i] = _parent[i] == -1 ? k : _parent[i];
                    _filled[i]++;
                    entries++;
                    _flag[i] = k;
                }
            }
        }

        if (entries > Array.MaxLength / 2)
        {
            throw new NonsmoothException($"the factors of a system of {n} unknowns would have {entries} entries: the problem is too dense for a direct method");
        }

        for (int k = 0; k < n; k++)
        {
            _columns[k + 1] = _columns[k] + _filled[k];
        }

        (_index, _lower, _pivots, _work) = (new int[entries], new double[entries], new double[n], new double[n]);
    }

    /// <summary>The count of one factorization: a division an entry of L, and of each column's entries every pair once.</summary>
    public OperationCount Cost => OperationCount.Of(ScalarOperation.Divide, _lower.Length)
        + DenseCount.MultiplyAdds(Enumerable.Range(0, _n).Sum(j => (long)(_columns[j + 1] - _columns[j]) * (_columns[j + 1] - _columns[j] + 1) / 2));

    /// <summary>The count of one solve.</summary>
    public OperationCount SolveCost => DenseCount.MultiplyAdds(2L * _lower.Length) + OperationCount.Of(ScalarOperation.Divide, _n);

    /// <summary>Factors a matrix of the analysed pattern.</summary>
    /// <param name="values">Its entries, in the pattern's order.</param>
    /// <param name="floor">The least pivot.</param>
    public void Factor(double[] values, double floor) => Factor(values, floor, false);

    // Ended at the first pivot that is not positive, whose columns are then whole.
    private void Factor(double[] values, double floor, bool untilNegative)
    {
        Array.Fill(_flag, -1);
        for (int k = 0; k < _n; k++)
        {
            int top = _n;
            _flag[k] = k;
            _filled[k] = 0;
            for (int p = _starts[k]; p < _starts[k + 1]; p++)
            {
                int i = _rows[p];
                _work[i] += values[_source[p]];
                int length = 0;
                for (; _flag[i] != k; i = _parent[i])
                {
                    _pattern[length++] = i;
                    _flag[i] = k;
                }

                while (length > 0)
                {
                    _pattern[--top] = _pattern[--length];
                }
            }

            double pivot = _work[k];
            _work[k] = 0;
            for (; top < _n; top++)
            {
                int i = _pattern[top];
                double y = _work[i];
                _work[i] = 0;
                int end = _columns[i] + _filled[i];
                for (int p = _columns[i]; p < end; p++)
                {
                    _work[_index[p]] -= _lower[p] * y;
                }

                double l = y / _pivots[i];
                pivot -= l * y;
                (_index[end], _lower[end]) = (k, l);
                _filled[i]++;
            }

            if (untilNegative)
            {
                _pivots[k] = pivot;
                if (!(pivot > 0))
                {
                    Array.Fill(_pivots, 1, k + 1, _n - k - 1);
                    return;
                }

                continue;
            }

            if (!((_positive[k] ? pivot : -pivot) >= floor))
            {
                pivot = _positive[k] ? floor : -floor;
            }

            _pivots[k] = pivot;
        }
    }

    /// <summary>Of a matrix whose pivots shall all be positive: a direction along which it is negative; null where there is none.</summary>
    public double[]? Negative(double[] values)
    {
        Factor(values, double.NegativeInfinity, true);
        int bad = Array.FindIndex(_pivots, p => !(p > 0));
        if (bad < 0)
        {
            return null;
        }

        // The first such pivot is the value of the form at the solution of Lᵀx = e.
        double[] y = new double[_n];
        y[bad] = 1;
        for (int j = bad - 1; j >= 0; j--)
        {
            for (int p = _columns[j]; p < _columns[j] + _filled[j]; p++)
            {
                y[j] -= _lower[p] * y[_index[p]];
            }
        }

        double[] x = new double[_n];
        for (int k = 0; k < _n; k++)
        {
            x[_order[k]] = y[k];
        }

        return x;
    }

    /// <summary>Solves with the last factors, in place.</summary>
    public void Solve(double[] x)
    {
        double[] y = new double[_n];
        for (int k = 0; k < _n; k++)
        {
            y[k] = x[_order[k]];
        }

        for (int j = 0; j < _n; j++)
        {
            double scaled = y[j];
            for (int p = _columns[j]; p < _columns[j + 1]; p++)
            {
                y[_index[p]] -= _lower[p] * scaled;
            }
        }

        for (int j = _n - 1; j >= 0; j--)
        {
            double sum = y[j] / _pivots[j];
            for (int p = _columns[j]; p < _columns[j + 1]; p++)
            {
                sum -= _lower[p] * y[_index[p]];
            }

            y[j] = sum;
        }

        for (int k = 0; k < _n; k++)
        {
            x[_order[k]] = y[k];
        }
    }
}
