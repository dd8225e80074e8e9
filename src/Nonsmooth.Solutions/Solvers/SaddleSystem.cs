namespace Nonsmooth.Solutions;

/// <summary>[Q + GᵀWG, Aᵀ; A, 0] of interior points: Cholesky factors of the block with AᵀA added, and of what is left for the equalities.</summary>
/// <remarks>AᵀA changes no solution (its right side is known) and makes the block definite where the whole is regular. Refined against the matrix without shifts. Where a pivot is
/// not positive the whole is factored with pivots.</remarks>
internal sealed class SaddleSystem(QuadraticData data)
{
    private const double _least = 1e-12;
    private const double _exact = 1e-14;
    private readonly int _n = data.Unknowns;
    private readonly int _p = data.Equalities;
    private readonly double[] _matrix = new double[data.Unknowns * data.Unknowns];
    private readonly double[] _shifted = new double[data.Unknowns * data.Unknowns];
    private readonly double[] _beside = new double[data.Unknowns * data.Equalities];
    private readonly double[] _ones = [.. Enumerable.Repeat(1.0, data.Equalities)];
    private CholeskyFactor? _block;
    private CholeskyFactor? _left;
    private PivotedFactor? _whole;

    /// <summary>Factors with new weights of the inequalities.</summary>
    public void Factor(double[] weights)
    {
        data.Curved.CopyTo(_matrix, 0);
        data.Inequality.AddGram(weights, _matrix);
        double largest = 0;
        for (int i = 0; i < _n; i++)
        {
            largest = Math.Max(largest, Lanes.Largest(_matrix.AsSpan((i * _n) + i, _n - i)));
        }

        double shift = _least + (1e-15 * largest);
        _matrix.CopyTo(_shifted, 0);
        data.Equality.AddGram(_ones, _shifted);
        for (int i = 0; i < _n; i++)
        {
            _shifted[(i * _n) + i] += shift;
        }

        _whole = null;
        _block = CholeskyFactor.InPlace(_shifted, _n);
        _left = _block is null ? null : Left(_block);
        if (_left is null)
        {
            _whole = Whole(shift);
        }
    }

    /// <summary>The solution of both right sides, refined.</summary>
    public void Solve(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double[] x, double[] nu)
    {
        x.AsSpan().Clear();
        nu.AsSpan().Clear();
        double size = Math.Max(Lanes.Largest(first), Lanes.Largest(second));
        var (right, below, moved) = (first.ToArray(), second.ToArray(), new double[_n]);
        for (int pass = 0; ; pass++)
        {
            Once(right, below, x, nu);
            if (pass == 2)
            {
                return;
            }

            // What is left of both sides.
            Symmetric(x, moved);
            data.Equality.AddTransposed(nu, moved);
            data.Equality.Times(x, below);
            for (int i = 0; i < _n; i++)
            {
                right[i] = first[i] - moved[i];
            }

            for (int e = 0; e < _p; e++)
            {
                below[e] = second[e] - below[e];
            }

            if (Math.Max(Lanes.Largest(right), Lanes.Largest(below)) <= _exact * size)
            {
                return;
            }
        }
    }

    // A(block)⁻¹Aᵀ, from R⁻ᵀAᵀ.
    private CholeskyFactor? Left(CholeskyFactor block)
    {
        double[] left = new double[_p * _p];
        for (int e = 0; e < _p; e++)
        {
            var row = _beside.AsSpan(e * _n, _n);
            data.Equality.Row(e).CopyTo(row);
            block.Forward(row);
            for (int k = 0; k <= e; k++)
            {
                left[(k * _p) + e] = Lanes.Dot(_beside.AsSpan(k * _n, _n), row) + (k == e ? _least : 0);
            }
        }

        return CholeskyFactor.InPlace(left, _p);
    }

    private PivotedFactor Whole(double shift)
    {
        int size = _n + _p;
        double[] all = new double[size * size];
        for (int i = 0; i < _n; i++)
        {
            for (int j = i; j < _n; j++)
            {
                all[(i * size) + j] = all[(j * size) + i] = _matrix[(i * _n) + j] + (i == j ? shift : 0);
            }
        }

        for (int e = 0; e < _p; e++)
        {
            all[((_n + e) * size) + _n + e] = -_least;
            for (int j = 0; j < _n; j++)
            {
                all[((_n + e) * size) + j] = all[(j * size) + _n + e] = data.Equality.Row(e)[j];
            }
        }

        return new(all, size);
    }

    private void Once(double[] right, double[] below, double[] x, double[] nu)
    {
        if (_whole is not null)
        {
            double[] both = _whole.Solve([.. right, .. below]);
            Lanes.Add(1, both.AsSpan(0, _n), x);
            Lanes.Add(1, both.AsSpan(_n), nu);
            return;
        }

        double[] u = [.. right];
        data.Equality.AddTransposed(below, u);
        _block!.Solve(u);
        double[] v = new double[_p];
        data.Equality.Times(u, v);
        for (int e = 0; e < _p; e++)
        {
            v[e] -= below[e];
        }

        _left!.Solve(v);
        double[] pulled = [.. right];
        data.Equality.AddTransposed(below, pulled);
        data.Equality.AddTransposed(v, pulled, -1);
        _block.Solve(pulled);
        Lanes.Add(1, pulled, x);
        Lanes.Add(1, v, nu);
    }

    private void Symmetric(double[] x, double[] y)
    {
        y.AsSpan().Clear();
        for (int i = 0; i < _n; i++)
        {
            var row = _matrix.AsSpan((i * _n) + i, _n - i);
            Lanes.Add(x[i], row[1..], y.AsSpan(i + 1));
            y[i] += Lanes.Dot(row, x.AsSpan(i));
        }
    }
}
