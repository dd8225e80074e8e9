using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>A square matrix, its rows and columns scaled by powers of 2 to about 1, and factored with row pivots.</summary>
/// <remarks>So units of rows and of columns do not matter to what is singular: a pivot below 4·n·ε of the largest.</remarks>
internal sealed class SquareSystem
{
    private readonly Matrix<double> _matrix;
    private readonly Matrix<double> _factors;
    private readonly int[] _order;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private bool _odd;

    public SquareSystem(Matrix<double> matrix)
    {
        int n = matrix.RowCount;
        _matrix = matrix;
        _rows = [.. matrix.EnumerateRows().Select(Exponent)];
        _columns = [.. matrix.EnumerateColumns().Select((c, _) => Exponent(c.MapIndexed((i, x) => Math.ScaleB(x, -_rows[i]))))];
        double[] a = matrix.MapIndexed((i, j, x) => Math.ScaleB(x, -_rows[i] - _columns[j])).ToRowMajorArray();
        _order = [.. Enumerable.Range(0, n)];
        for (int k = 0; k < n; k++)
        {
            Eliminate(a, n, k);
        }

        _factors = Dense.RowMajor(n, n, a);
        var pivots = _factors.Diagonal().PointwiseAbs();
        PivotRatio = pivots.Maximum() == 0 ? 0 : pivots.Minimum() / pivots.Maximum();
    }

    /// <summary>The least pivot over the largest.</summary>
    public double PivotRatio { get; }

    /// <summary>Whether it is singular as far as double precision tells.</summary>
    public bool IsSingular => PivotRatio <= 4 * _matrix.RowCount * Precision;

    /// <summary>The unit of double precision, 2⁻⁵².</summary>
    public const double Precision = 1.0 / (1L << 52);

    /// <summary>The condition number in the 2-norm.</summary>
    public double Condition => _matrix.Svd(false).ConditionNumber;

    /// <summary>The sign of the determinant: −1, 0 or 1.</summary>
    public int Sign => _factors.Diagonal().Aggregate(_odd ? -1 : 1, (sign, p) => sign * Math.Sign(p));

    /// <summary>log |det|; −∞ where a pivot is 0.</summary>
    public double LogDeterminant => _factors.Diagonal().Sum(p => Math.Log(Math.Abs(p))) + (Math.Log(2) * (_rows.Sum() + _columns.Sum()));

    /// <summary>The determinant; it may overflow.</summary>
    public double Determinant
    {
        get
        {
            double product = _odd ? -1 : 1;
            int exponent = _rows.Sum() + _columns.Sum();
            foreach (double pivot in _factors.Diagonal())
            {
                product *= pivot;
                int size = product == 0 ? 0 : Math.ILogB(product);
                (product, exponent) = (Math.ScaleB(product, -size), exponent + size);
            }

            return Math.ScaleB(product, exponent);
        }
    }

    /// <summary>The factors of a matrix that must be regular.</summary>
    /// <exception cref="SingularSolutionException">It is not.</exception>
    public static SquareSystem Regular(Matrix<double> matrix, string name)
    {
        var system = new SquareSystem(matrix);
        return system.IsSingular
            ? throw new SingularSolutionException(
                FormattableString.Invariant($"{name} is singular: its least pivot is {system.PivotRatio:G2} of the largest; give a regular matrix"), system.PivotRatio)
            : system;
    }

    /// <summary>X with AX = B, refined once.</summary>
    public Matrix<double> Solve(Matrix<double> right)
    {
        var x = Once(right);
        return x + Once(right - (_matrix * x));
    }

    /// <summary>X with AᵀX = B, refined once.</summary>
    public Matrix<double> SolveTransposed(Matrix<double> right)
    {
        var x = OnceTransposed(right);
        return x + OnceTransposed(right - _matrix.TransposeThisAndMultiply(x));
    }

    private static int Exponent(Vector<double> line) => line.AbsoluteMaximum() is var largest && largest > 0 ? Math.ILogB(largest) : 0;

    private void Eliminate(double[] a, int n, int k)
    {
        int best = k;
        for (int i = k + 1; i < n; i++)
        {
            best = Math.Abs(a[(i * n) + k]) > Math.Abs(a[(best * n) + k]) ? i : best;
        }

        if (best != k)
        {
            _odd = !_odd;
            (_order[k], _order[best]) = (_order[best], _order[k]);
            for (int j = 0; j < n; j++)
            {
                (a[(k * n) + j], a[(best * n) + j]) = (a[(best * n) + j], a[(k * n) + j]);
            }
        }

        var pivots = a.AsSpan(k * n, n);
        for (int i = k + 1; i < n && pivots[k] != 0; i++)
        {
            var row = a.AsSpan(i * n, n);
            row[k] /= pivots[k];
            for (int j = k + 1; j < n; j++)
            {
                row[j] -= row[k] * pivots[j];
            }
        }
    }

    // R⁻¹AC⁻¹ = PᵀLU with diagonal R and C.
    private Matrix<double> Once(Matrix<double> right)
    {
        var moved = Matrix<double>.Build.Dense(right.RowCount, right.ColumnCount, (i, c) => Math.ScaleB(right[_order[i], c], -_rows[_order[i]]));
        var x = Triangular.Solve(_factors, Triangular.Solve(_factors, moved, false, unit: true), true);
        return x.MapIndexed((i, _, v) => Math.ScaleB(v, -_columns[i]));
    }

    private Matrix<double> OnceTransposed(Matrix<double> right)
    {
        var moved = right.MapIndexed((i, _, v) => Math.ScaleB(v, -_columns[i]));
        var x = Triangular.Solve(_factors, Triangular.Solve(_factors, moved, true, true), false, true, unit: true);
        var back = Dense.Zero(x.RowCount, x.ColumnCount);
        for (int i = 0; i < x.RowCount; i++)
        {
            back.SetRow(_order[i], x.Row(i).Multiply(Math.ScaleB(1, -_rows[_order[i]])));
        }

        return back;
    }
}
