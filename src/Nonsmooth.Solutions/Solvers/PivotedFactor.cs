namespace Nonsmooth.Solutions;

/// <summary>LU of a square matrix with its rows exchanged for large pivots; row-major, in place, in blocks.</summary>
internal sealed class PivotedFactor
{
    private const int _block = 32;
    private readonly double[] _a;
    private readonly int[] _order;
    private readonly int _n;

    /// <param name="matrix">Its numbers, which become the factors.</param>
    /// <param name="n">Its size.</param>
    public PivotedFactor(double[] matrix, int n)
    {
        (_a, _n, _order) = (matrix, n, new int[n]);
        for (int i = 0; i < n; i++)
        {
            _order[i] = i;
        }

        for (int first = 0; first < n; first += _block)
        {
            int end = Math.Min(n, first + _block);
            Panel(first, end);
            if (end < n)
            {
                Beside(first, end);
                Below(first, end);
            }
        }

        var (least, most) = (double.PositiveInfinity, 0.0);
        for (int i = 0; i < n; i++)
        {
            double pivot = Math.Abs(matrix[(i * n) + i]);
            (least, most) = (Math.Min(least, pivot), Math.Max(most, pivot));
        }

        PivotRatio = most > 0 && double.IsFinite(most) && double.IsFinite(least) ? least / most : 0;
    }

    /// <summary>The least pivot over the largest.</summary>
    public double PivotRatio { get; }

    /// <summary>The solution of one right side.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        double[] x = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            x[i] = right[_order[i]] - Lanes.Dot(_a.AsSpan(i * _n, i), x);
        }

        for (int i = _n - 1; i >= 0; i--)
        {
            x[i] = (x[i] - Lanes.Dot(_a.AsSpan((i * _n) + i + 1, _n - i - 1), x.AsSpan(i + 1))) / _a[(i * _n) + i];
        }

        return x;
    }

    private void Panel(int first, int end)
    {
        for (int k = first; k < end; k++)
        {
            int best = k;
            for (int i = k + 1; i < _n; i++)
            {
                best = Math.Abs(_a[(i * _n) + k]) > Math.Abs(_a[(best * _n) + k]) ? i : best;
            }

            if (best != k)
            {
                (_order[k], _order[best]) = (_order[best], _order[k]);
                var upper = _a.AsSpan(k * _n, _n);
                var lower = _a.AsSpan(best * _n, _n);
                for (int j = 0; j < _n; j++)
                {
                    (upper[j], lower[j]) = (lower[j], upper[j]);
                }
            }

            double pivot = _a[(k * _n) + k];
            if (pivot == 0)
            {
                continue;
            }

            var row = _a.AsSpan((k * _n) + k + 1, end - k - 1);
            for (int i = k + 1; i < _n; i++)
            {
                double share = _a[(i * _n) + k] /= pivot;
                if (share != 0)
                {
                    Lanes.Add(-share, row, _a.AsSpan((i * _n) + k + 1, row.Length));
                }
            }
        }
    }

    // Rows of U beside the panel.
    private void Beside(int first, int end)
    {
        for (int k = first; k < end; k++)
        {
            var row = _a.AsSpan((k * _n) + end, _n - end);
            for (int i = k + 1; i < end; i++)
            {
                Lanes.Add(-_a[(i * _n) + k], row, _a.AsSpan((i * _n) + end, row.Length));
            }
        }
    }

    private void Below(int first, int end)
    {
        Span<double> pack = stackalloc double[Lanes.Rows * _block];
        for (int i = end; i < _n; i += Lanes.Rows)
        {
            int rows = Math.Min(Lanes.Rows, _n - i);
            for (int k = first; k < end; k++)
            {
                for (int r = 0; r < Lanes.Rows; r++)
                {
                    pack[(Lanes.Rows * (k - first)) + r] = r < rows ? -_a[((i + r) * _n) + k] : 0;
                }
            }

            Lanes.AddRows(_a.AsSpan((i * _n) + end), _n, rows, pack, _a.AsSpan((first * _n) + end), _n, end - first, _n - end);
        }
    }
}
