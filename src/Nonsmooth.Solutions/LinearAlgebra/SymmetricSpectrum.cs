using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>The eigenvalues and eigenvectors of a matrix's symmetric part.</summary>
/// <remarks>Eigenvalues within 64·n·ε of the largest one's size are equal: what rounding leaves of equal ones is less.</remarks>
internal sealed class SymmetricSpectrum
{
    public SymmetricSpectrum(Matrix<double> matrix)
    {
        (Values, Vectors) = Decomposed((matrix + matrix.Transpose()) / 2);
        Size = Math.Max(Math.Abs(Values[0]), Math.Abs(Values[^1]));
        Tolerance = 64 * Values.Length * SquareSystem.Precision * Size;
        Clusters = new(Values, Tolerance);
    }

    /// <summary>In ascending order.</summary>
    public double[] Values { get; }

    /// <summary>A column each, turned by <see cref="Signed"/>.</summary>
    public Matrix<double> Vectors { get; }

    /// <summary>The largest absolute eigenvalue.</summary>
    public double Size { get; }

    /// <summary>What is not told from 0.</summary>
    public double Tolerance { get; }

    public Clusters Clusters { get; }

    /// <summary>How far an error of the matrix turns the spaces of different eigenvalues, times the matrix's size; at least 1.</summary>
    public double Condition => Math.Max(1, Size / Clusters.Least);

    /// <summary>The eigenvalues of a small symmetric matrix, ascending.</summary>
    public static double[] ValuesOf(Matrix<double> matrix) => Decomposed((matrix + matrix.Transpose()) / 2).Values;

    /// <summary>The symmetric part of row-major numbers in the basis of eigenvectors: VᵀDV.</summary>
    public Matrix<double> Inside(double[] numbers)
    {
        var d = Dense.RowMajor(Values.Length, Values.Length, numbers);
        return Vectors.TransposeThisAndMultiply((d + d.Transpose()) / 2) * Vectors;
    }

    /// <summary>VMVᵀ of a symmetric M, row-major.</summary>
    public double[] Outside(Matrix<double> inside)
    {
        var outside = (Vectors * inside).TransposeAndMultiply(Vectors);
        return ((outside + outside.Transpose()) / 2).ToRowMajorArray();
    }

    /// <summary>V·diag·Vᵀ, row-major.</summary>
    public double[] Outside(double[] diagonal) => Outside(Matrix<double>.Build.DiagonalOfDiagonalArray(diagonal));

    /// <summary>
    /// What vectors without a sign of their own are turned towards: numbers from 1 to 2, by the golden ratio, so that vectors of simple numbers are not
    /// orthogonal to them.
    /// </summary>
    public static double[] Towards(int size) => [.. Enumerable.Range(1, size).Select(i => 1 + (i * 0.6180339887498949 % 1))];

    /// <summary>Columns turned towards <see cref="Towards"/>, and the signs that did it.</summary>
    public static (Matrix<double> Columns, double[] Signs) Signed(Matrix<double> columns)
    {
        double[] signs = Array.ConvertAll(Alignments(columns), a => a < 0 ? -1.0 : 1);
        return (columns.MapIndexed((_, j, x) => signs[j] * x), signs);
    }

    /// <summary>How far vectors of length 1 are from where their sign jumps: weak where they are orthogonal, to rounding, to what they are turned towards.</summary>
    /// <param name="columns">The vectors.</param>
    /// <param name="from">The position of the first in a report.</param>
    public static IEnumerable<Margin> SignMargins(Matrix<double> columns, int from) => Alignments(columns)
        .Select((a, j) => (Size: Math.Abs(a), Weak: Math.Abs(a) <= 64 * columns.RowCount * SquareSystem.Precision, j))
        .Select(a => new Margin(from + a.j, a.Size, a.Weak, a.Weak));

    private static double[] Alignments(Matrix<double> columns) =>
        [.. columns.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(Towards(columns.RowCount)))];

    /// <summary>The matrix and the power of 2 that it is a multiple of, so that its largest entry is about 1 and no square overflows.</summary>
    public static (Matrix<double> Matrix, int Exponent) Scaled(Matrix<double> matrix)
    {
        double largest = Dense.Largest(matrix.Enumerate());
        int exponent = largest > 0 ? Math.ILogB(largest) : 0;
        return (exponent == 0 ? matrix : matrix.Map(x => Math.ScaleB(x, -exponent)), exponent);
    }

    private static (double[] Values, Matrix<double> Vectors) Decomposed(Matrix<double> symmetric)
    {
        try
        {
            var (scaled, exponent) = Scaled(symmetric);
            var eigen = scaled.Evd(Symmetricity.Symmetric);
            return ([.. eigen.EigenValues.Select(v => Math.ScaleB(v.Real, exponent))], Signed(eigen.EigenVectors).Columns);
        }
        catch (NonConvergenceException e)
        {
            throw new NotConvergedException($"the eigenvalues were not found: {e.Message}");
        }
    }
}
