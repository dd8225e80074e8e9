using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Nonsmooth.Solutions;

/// <summary>A square system, factored once, that knows whether it is singular and, when asked, its condition.</summary>
internal sealed class LinearSystem
{
    private const double _singular = 1e-13;
    private readonly Matrix<double> _matrix;
    private readonly LU<double>? _factors;
    private double _condition = double.NaN;

    public LinearSystem(Matrix<double> matrix)
    {
        _matrix = matrix;
        if (matrix.RowCount == 0)
        {
            return;
        }

        _factors = matrix.LU();
        var pivots = _factors.U.Diagonal().PointwiseAbs();
        PivotRatio = pivots.Maximum() == 0 || double.IsNaN(pivots.Sum()) ? 0 : pivots.Minimum() / pivots.Maximum();
    }

    /// <summary>The least pivot over the largest; 1 of nothing.</summary>
    public double PivotRatio { get; } = 1;

    /// <summary>Whether it is singular as far as double precision tells.</summary>
    public bool IsSingular => PivotRatio < _singular;

    /// <summary>The condition number in the 2-norm; ∞ where singular, 1 of nothing.</summary>
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
        var x = _factors.Solve(b);
        return [.. x + _factors.Solve(b - (_matrix * x))];
    }
}
