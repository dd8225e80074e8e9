using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>The singular values of a matrix, and complete bases of singular vectors.</summary>
/// <remarks>Singular values within 64·max(m, n)·ε of the largest are equal, and those below are 0.</remarks>
internal sealed class SingularSpectrum
{
    public SingularSpectrum(Matrix<double> matrix)
    {
        try
        {
            var (scaled, exponent) = SymmetricSpectrum.Scaled(matrix);
            var svd = scaled.Svd(true);
            int n = Math.Min(matrix.RowCount, matrix.ColumnCount);
            Values = [.. svd.S.Select(s => Math.ScaleB(s, exponent))];
            (Left, double[] signs) = SymmetricSpectrum.Signed(svd.U);
            Right = svd.VT.Transpose().MapIndexed((_, j, x) => j < n ? signs[j] * x : x);
        }
        catch (NonConvergenceException e)
        {
            throw new NotConvergedException($"the singular values were not found: {e.Message}");
        }

        Tolerance = 64 * Math.Max(matrix.RowCount, matrix.ColumnCount) * SquareSystem.Precision * Values[0];
        Clusters = new(Values, Tolerance);
        Rank = Values.Count(v => v > Tolerance);
    }

    /// <summary>In descending order.</summary>
    public double[] Values { get; }

    /// <summary>m × m, a column each, turned by <see cref="SymmetricSpectrum.Signed"/>; right vectors follow.</summary>
    public Matrix<double> Left { get; }

    /// <summary>n × n, a column each.</summary>
    public Matrix<double> Right { get; }

    /// <summary>What is not told from 0.</summary>
    public double Tolerance { get; }

    public Clusters Clusters { get; }

    /// <summary>How many are not 0.</summary>
    public int Rank { get; }

    public bool IsFull => Rank == Values.Length;

    /// <summary>The left vectors that have a singular value, a column each.</summary>
    public Matrix<double> ThinLeft => Left.SubMatrix(0, Left.RowCount, 0, Values.Length);

    /// <summary>The right vectors that have a singular value, a column each.</summary>
    public Matrix<double> ThinRight => Right.SubMatrix(0, Right.RowCount, 0, Values.Length);

    /// <summary>The largest singular value over the least distance of two clusters, at least 1.</summary>
    public double Condition => Math.Max(1, Values[0] / Clusters.Least);

    /// <summary>The largest over the least; ∞ where that is 0.</summary>
    public double Ratio => IsFull ? Values[0] / Values[^1] : double.PositiveInfinity;

    /// <summary>UᵀDV of row-major numbers.</summary>
    public Matrix<double> Inside(double[] numbers) =>
        Left.TransposeThisAndMultiply(Dense.RowMajor(Left.RowCount, Right.RowCount, numbers)) * Right;

    /// <summary>U·diag·Vᵀ.</summary>
    public Matrix<double> Between(double[] diagonal) =>
        (ThinLeft * Matrix<double>.Build.DiagonalOfDiagonalArray(diagonal)).TransposeAndMultiply(ThinRight);

    /// <summary>What says that the rank is not full.</summary>
    public SingularSolutionException NotFull(string what) => new(
        FormattableString.Invariant($"{what}: A has rank {Rank} of {Values.Length}, its least singular value is {Values[^1]:G3}, the largest {Values[0]:G3}"),
        Values[0] == 0 ? 0 : Values[^1] / Values[0]);
}
