using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>A program's rows: those with few entries by their entries, the others side by side.</summary>
internal sealed class RowSet
{
    private const int _few = 4;
    private readonly int _columns;
    private readonly double[] _dense;
    private readonly int[] _full;
    private readonly int[] _sparse;
    private readonly int[] _starts;
    private readonly int[] _places;
    private readonly double[] _values;

    public RowSet(Matrix<double> matrix)
    {
        (_columns, Count, Numbers) = (matrix.ColumnCount, matrix.RowCount, Dense.Numbers(matrix));
        var (full, sparse, starts, places, values) = (new List<int>(), new List<int>(), new List<int> { 0 }, new List<int>(), new List<double>());
        for (int i = 0; i < Count; i++)
        {
            var row = Row(i);
            int entries = row.Length - row.Count(0);
            if (_few * entries > row.Length)
            {
                full.Add(i);
                continue;
            }

            sparse.Add(i);
            for (int j = 0; j < row.Length; j++)
            {
                if (row[j] != 0)
                {
                    places.Add(j);
                    values.Add(row[j]);
                }
            }

            starts.Add(places.Count);
        }

        (_full, _sparse, _starts, _places, _values) = ([.. full], [.. sparse], [.. starts], [.. places], [.. values]);
        _dense = _full.Length == Count ? Numbers : [.. _full.SelectMany(i => Row(i).ToArray())];
    }

    public int Count { get; }

    /// <summary>The matrix, row-major.</summary>
    public double[] Numbers { get; }

    public ReadOnlySpan<double> Row(int row) => Numbers.AsSpan(row * _columns, _columns);

    /// <summary>The only entry's column of a row; −1 of others.</summary>
    public int Only(int row)
    {
        var numbers = Row(row);
        int first = numbers.IndexOfAnyExcept(0);
        return first >= 0 && numbers[(first + 1)..].IndexOfAnyExcept(0) < 0 ? first : -1;
    }

    /// <summary>y = Gx.</summary>
    public void Times(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int f = 0; f < _full.Length; f++)
        {
            y[_full[f]] = Lanes.Dot(_dense.AsSpan(f * _columns, _columns), x);
        }

        for (int s = 0; s < _sparse.Length; s++)
        {
            double sum = 0;
            for (int k = _starts[s]; k < _starts[s + 1]; k++)
            {
                sum += _values[k] * x[_places[k]];
            }

            y[_sparse[s]] = sum;
        }
    }

    /// <summary>y + factor·Gᵀx.</summary>
    public void AddTransposed(ReadOnlySpan<double> x, Span<double> y, double factor = 1)
    {
        for (int f = 0; f < _full.Length; f++)
        {
            Lanes.Add(factor * x[_full[f]], _dense.AsSpan(f * _columns, _columns), y);
        }

        for (int s = 0; s < _sparse.Length; s++)
        {
            for (int k = _starts[s]; k < _starts[s + 1]; k++)
            {
                y[_places[k]] += factor * x[_sparse[s]] * _values[k];
            }
        }
    }

    /// <summary>The upper triangle of C + Gᵀdiag(w)G.</summary>
    public void AddGram(ReadOnlySpan<double> weights, double[] c)
    {
        Span<double> chosen = _full.Length <= 256 ? stackalloc double[_full.Length] : new double[_full.Length];
        for (int f = 0; f < _full.Length; f++)
        {
            chosen[f] = weights[_full[f]];
        }

        Lanes.AddGram(c, _columns, _columns, _dense, _columns, _full.Length, chosen);
        for (int s = 0; s < _sparse.Length; s++)
        {
            for (int k = _starts[s]; k < _starts[s + 1]; k++)
            {
                double scaled = weights[_sparse[s]] * _values[k];
                for (int l = k; l < _starts[s + 1]; l++)
                {
                    c[(_places[k] * _columns) + _places[l]] += scaled * _values[l];
                }
            }
        }
    }
}
