using MathNet.Numerics.LinearAlgebra;

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
    private readonly double[] _numbers;
    private readonly PivotedFactor? _factors;
    private readonly double[]? _scale;
    private double _condition = double.NaN;

    public LinearSystem(Matrix<double> matrix)
        : this(matrix, Dense.Numbers(matrix), null)
    {
    }

    private LinearSystem(Matrix<double> matrix, double[] numbers, double[]? scale)
    {
        (_matrix, _numbers, _scale) = (matrix, numbers, scale);
        int n = matrix.RowCount;
        if (n == 0)
        {
            return;
        }

        double[] factored = [.. numbers];
        for (int i = 0; scale is not null && i < n; i++)
        {
            var row = factored.AsSpan(i * n, n);
            for (int j = 0; j < n; j++)
            {
                row[j] = row[j] * scale[i] * scale[j];
            }
        }

        _factors = new(factored, n);
        PivotRatio = _factors.PivotRatio;
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
    public Matrix<double> Inverse()
    {
        var inverse = Dense.Zero(_matrix.RowCount, _matrix.RowCount);
        double[] unit = new double[_matrix.RowCount];
        for (int j = 0; j < unit.Length; j++)
        {
            unit[j] = 1;
            inverse.SetColumn(j, Once(unit));
            unit[j] = 0;
        }

        return inverse;
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

        double[] x = Once(right);
        double[] left = new double[x.Length];
        Lanes.Times(_numbers, x, left);
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = right[i] - left[i];
        }

        Lanes.Add(1, Once(left), x);
        return x;
    }

    /// <summary>The system of a symmetric matrix whose unknowns have units of their own.</summary>
    public static LinearSystem Equilibrated(Matrix<double> matrix)
    {
        double[] numbers = Dense.Numbers(matrix);
        return new(matrix, numbers, matrix.RowCount == 0 ? null : Scale(numbers, matrix.RowCount));
    }

    // Exponents, since entries may be as far apart as doubles are; a row of zeros stays as it is.
    private static double[] Scale(double[] numbers, int n)
    {
        double[] logs = Array.ConvertAll(numbers, Log);
        var (exponents, rows) = (new double[n], new double[n]);
        for (int pass = 0; pass < _passes; pass++)
        {
            for (int i = 0; i < n; i++)
            {
                double largest = Largest(logs.AsSpan(i * n, n), exponents) + exponents[i];
                rows[i] = double.IsFinite(largest) ? largest : 0;
            }

            for (int i = 0; i < n; i++)
            {
                exponents[i] -= rows[i] / 2;
            }
        }

        return Array.ConvertAll(exponents, e => Math.ScaleB(1, (int)Math.Round(e)));
    }

    // The exponent and, between powers of 2, a straight line: at most 0.09 off, where powers of 2 are wanted.
    private static double Log(double value) =>
        value == 0 ? double.NegativeInfinity : ((BitConverter.DoubleToInt64Bits(value) & long.MaxValue) * (1.0 / (1L << 52))) - 1023;

    private static double Largest(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int width = System.Numerics.Vector<double>.Count;
        var largest = new System.Numerics.Vector<double>(double.NegativeInfinity);
        int i = 0;
        for (; i <= a.Length - width; i += width)
        {
            largest = System.Numerics.Vector.Max(largest, new System.Numerics.Vector<double>(a[i..]) + new System.Numerics.Vector<double>(b[i..]));
        }

        double most = double.NegativeInfinity;
        for (int k = 0; k < width; k++)
        {
            most = Math.Max(most, largest[k]);
        }

        for (; i < a.Length; i++)
        {
            most = Math.Max(most, a[i] + b[i]);
        }

        return most;
    }

    private double[] Once(double[] known)
    {
        if (_scale is null)
        {
            return _factors!.Solve(known);
        }

        double[] scaled = new double[known.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = known[i] * _scale[i];
        }

        double[] x = _factors!.Solve(scaled);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] *= _scale[i];
        }

        return x;
    }
}
