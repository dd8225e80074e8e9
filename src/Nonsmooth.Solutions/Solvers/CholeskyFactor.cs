namespace Nonsmooth.Solutions;

/// <summary>RᵀR of a definite symmetric matrix given by its upper triangle, row-major; made in place, in blocks.</summary>
internal sealed class CholeskyFactor
{
    private const int _block = 48;
    private readonly double[] _r;
    private readonly int _n;

    private CholeskyFactor(double[] r, int n) => (_r, _n) = (r, n);

    /// <summary>The factor, in the numbers given; null where a pivot is not positive.</summary>
    public static CholeskyFactor? InPlace(double[] matrix, int n)
    {
        Span<double> minus = stackalloc double[_block];
        minus.Fill(-1);
        for (int first = 0; first < n; first += _block)
        {
            int end = Math.Min(n, first + _block);
            for (int k = first; k < end; k++)
            {
                double pivot = matrix[(k * n) + k];
                if (!(pivot > 0) || !double.IsFinite(pivot))
                {
                    return null;
                }

                double root = Math.Sqrt(pivot);
                var row = matrix.AsSpan(k * n, n);
                row[k] = root;
                Lanes.Scale(1 / root, row[(k + 1)..]);

                for (int i = k + 1; i < end; i++)
                {
                    Lanes.Add(-row[i], row[i..], matrix.AsSpan((i * n) + i, n - i));
                }
            }

            if (end < n)
            {
                Lanes.AddGram(matrix.AsSpan((end * n) + end), n, n - end, matrix.AsSpan((first * n) + end), n, end - first, minus);
            }
        }

        return new(matrix, n);
    }

    /// <summary>Solves in place.</summary>
    public void Solve(Span<double> x)
    {
        Forward(x);
        for (int k = _n - 1; k >= 0; k--)
        {
            var row = _r.AsSpan(k * _n, _n);
            x[k] = (x[k] - Lanes.Dot(row[(k + 1)..], x[(k + 1)..])) / row[k];
        }
    }

    /// <summary>Solves with Rᵀ in place.</summary>
    public void Forward(Span<double> x)
    {
        for (int k = 0; k < _n; k++)
        {
            var row = _r.AsSpan(k * _n, _n);
            x[k] /= row[k];
            Lanes.Add(-x[k], row[(k + 1)..], x[(k + 1)..]);
        }
    }
}
