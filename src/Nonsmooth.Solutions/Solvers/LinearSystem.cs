using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Nonsmooth.Solutions;

/// <summary>A square system, factored once, that knows whether it is singular and, when asked, its condition.</summary>
/// <remarks>
/// Pivots are compared as the system stands where its rows have a common scale, as 1 − J of a fixed point does; a system of rows and columns with
/// units of their own (KKT, Gram) is <see cref="Equilibrated"/> first: a symmetric scaling by powers of 2 to rows whose largest entry is
/// about 1. Source: Ruiz (2001).
/// </remarks>
internal sealed class LinearSystem
{
    private const int _passes = 10;
    private const double _singular = 1e-13;
    private readonly Matrix<double> _matrix;
    private readonly LU<double>? _factors;
    private readonly Vector<double>? _scale;
    private double _condition = double.NaN;

    public LinearSystem(Matrix<double> matrix)
        : this(matrix, null)
    {
    }

    private LinearSystem(Matrix<double> matrix, Vector<double>? scale)
    {
        _scale = scale;
        _matrix = matrix;
        if (matrix.RowCount == 0)
        {
            return;
        }

        _factors = (scale is null ? matrix : matrix.MapIndexed((i, j, a) => a * scale[i] * scale[j])).LU();
        var pivots = _factors.U.Diagonal().PointwiseAbs();
        PivotRatio = pivots.Maximum() == 0 || double.IsNaN(pivots.Sum()) ? 0 : pivots.Minimum() / pivots.Maximum();
    }

    /// <summary>The least pivot over the largest; 1 of nothing.</summary>
    public double PivotRatio { get; } = 1;

    /// <summary>Whether it is singular as far as double precision tells.</summary>
    public bool IsSingular => PivotRatio < _singular;

    /// <summary>The condition number of the matrix as it stands, not equilibrated, in the 2-norm; ∞ where singular, 1 of nothing.</summary>
    public double Condition
    {
        get
        {
            if (double.IsNaN(_condition))
            {
                _condition = IsSingular ? double.PositiveInfinity : _factors is null ? 1 : _matrix.Svd(false).ConditionNumber;
            }

            return _condition;
        }
    }

    /// <summary>The units of the unknowns: what they are multiples of after equilibration.</summary>
    public double[] Units => _scale is null ? [.. Enumerable.Repeat(1.0, _matrix.RowCount)] : [.. _scale];

    /// <summary>The inverse of a regular matrix, as it stands, to rounding.</summary>
    public Matrix<double> Inverse() => _factors is null ? _matrix
        : _scale is null ? _factors.Inverse()
        : _factors.Inverse().MapIndexed((i, j, v) => v * _scale[i] * _scale[j]);

    /// <summary>The solution, refined once.</summary>
    /// <exception cref="SingularSolutionException">There is none.</exception>
    public double[] Solve(double[] right)
    {
        if (IsSingular)
        {
            throw new SingularSolutionException(
                FormattableString.Invariant($"the system of the implicit function theorem is singular: its least pivot is {PivotRatio:G2} of the largest; the solution is not unique or its constraints are dependent"),
                PivotRatio);
        }

        if (_factors is null)
        {
            return [];
        }

        var b = Vector<double>.Build.DenseOfArray(right);
        var x = Once(b);
        return [.. x + Once(b - (_matrix * x))];

        Vector<double> Once(Vector<double> known) =>
            _scale is null ? _factors.Solve(known) : _factors.Solve(known.PointwiseMultiply(_scale)).PointwiseMultiply(_scale);
    }

    /// <summary>The system of a symmetric matrix whose unknowns have units of their own.</summary>
    public static LinearSystem Equilibrated(Matrix<double> matrix)
    {
        double[] exponents = new double[matrix.RowCount];
        for (int pass = 0; pass < _passes; pass++)
        {
            double[] rows = [.. exponents.Select((e, i) => Exponent(matrix.Row(i), e, exponents))];
            exponents = [.. exponents.Zip(rows, (e, r) => e - (r / 2))];
        }

        return new(matrix, matrix.RowCount == 0 ? null : Vector<double>.Build.Dense(exponents.Length, i => Math.ScaleB(1, (int)Math.Round(exponents[i]))));
    }

    // Of the largest scaled entry; a row of zeros stays as it is.
    private static double Exponent(Vector<double> row, double own, double[] exponents)
    {
        double largest = double.NegativeInfinity;
        for (int j = 0; j < row.Count; j++)
        {
            largest = row[j] == 0 ? largest : Math.Max(largest, Math.Log2(Math.Abs(row[j])) + own + exponents[j]);
        }

        return double.IsFinite(largest) ? largest : 0;
    }
}
