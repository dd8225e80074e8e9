using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>A square matrix, its rows and columns scaled by powers of 2 to about 1, and factored with row pivots.</summary>
/// <remarks>
/// So units of rows and of columns do not matter to what is singular: an estimated condition in the 1-norm above
/// 1/(4ε), ε = 2⁻⁵². Source of the estimate: Hager (1984).
/// </remarks>
internal sealed class SquareSystem
{
    private readonly Matrix<double> _matrix;
    private readonly Matrix<double> _factors;
    private readonly int[] _order;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly double _size;
    private bool _odd;

    public SquareSystem(Matrix<double> matrix)
    {
        int n = matrix.RowCount;
        _matrix = matrix;
        _rows = [.. matrix.EnumerateRows().Select(Exponent)];
        _columns = [.. matrix.EnumerateColumns().Select((c, _) => Exponent(c.MapIndexed((i, x) => Math.ScaleB(x, -_rows[i]))))];
        var scaled = matrix.MapIndexed((i, j, x) => Math.ScaleB(x, -_rows[i] - _columns[j]));
        _size = scaled.L1Norm();
        double[] a = scaled.ToRowMajorArray();
        _order = [.. Enumerable.Range(0, n)];
        for (int k = 0; k < n; k++)
        {
            Eliminate(a, n, k);
        }

        _factors = Dense.RowMajor(n, n, a);
        var pivots = _factors.Diagonal().PointwiseAbs();
        Regularity = pivots.Minimum() == 0 ? 0 : 1 / (_size * InverseSize());
    }

    /// <summary>One over the condition of the scaled matrix in the 1-norm, estimated from above; 0 where a pivot is 0.</summary>
    public double Regularity { get; }

    /// <summary>Whether it is singular as far as double precision tells.</summary>
    public bool IsSingular => Regularity <= 4 * Precision;

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
                FormattableString.Invariant($"{name} is singular to rounding, one over its condition is {system.Regularity:G2}; give a regular matrix"), system.Regularity)
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
    private Matrix<double> Once(Matrix<double> right) =>
        Scaled(right.MapIndexed((i, _, v) => Math.ScaleB(v, -_rows[i]))).MapIndexed((i, _, v) => Math.ScaleB(v, -_columns[i]));

    private Matrix<double> OnceTransposed(Matrix<double> right) =>
        ScaledTransposed(right.MapIndexed((i, _, v) => Math.ScaleB(v, -_columns[i]))).MapIndexed((i, _, v) => Math.ScaleB(v, -_rows[i]));

    private Matrix<double> Scaled(Matrix<double> right) =>
        Triangular.Solve(_factors, Triangular.Solve(_factors, Dense.Rows(right, _order), false, unit: true), true);

    private Matrix<double> ScaledTransposed(Matrix<double> right)
    {
        var x = Triangular.Solve(_factors, Triangular.Solve(_factors, right, true, true), false, true, unit: true);
        int[] back = new int[_order.Length];
        for (int i = 0; i < back.Length; i++)
        {
            back[_order[i]] = i;
        }

        return Dense.Rows(x, back);
    }

    // The 1-norm of the scaled matrix's inverse, from below: its largest column, by ascent from the mean of all.
    private double InverseSize()
    {
        int n = _order.Length;
        var x = Matrix<double>.Build.Dense(n, 1, 1.0 / n);
        double best = 0;
        for (int step = 0; step < 5; step++)
        {
            var y = Scaled(x);
            best = Math.Max(best, y.L1Norm());
            var slope = ScaledTransposed(y.Map(v => v < 0 ? -1.0 : 1)).Column(0);
            int largest = slope.AbsoluteMaximumIndex();
            if (Math.Abs(slope[largest]) <= slope * x.Column(0))
            {
                break;
            }

            x = Matrix<double>.Build.Dense(n, 1, (i, _) => i == largest ? 1 : 0);
        }

        return best;
    }
}
