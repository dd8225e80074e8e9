using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>Triangular matrices: systems by substitution, and parts of others.</summary>
internal static class Triangular
{
    /// <summary>The triangle, with the diagonal as it stands, scaled, or of ones; the rest is 0.</summary>
    public static Matrix<double> Part(Matrix<double> matrix, bool upper, double diagonal = 1) =>
        matrix.MapIndexed((i, j, x) => i == j ? diagonal * x : (j > i) == upper ? x : 0, Zeros.Include);

    /// <summary>The solution of TX = B, or of TᵀX = B; what stands beside the triangle is not read.</summary>
    public static Matrix<double> Solve(Matrix<double> triangle, Matrix<double> right, bool upper, bool transposed = false, bool unit = false)
    {
        int n = triangle.RowCount;
        double[] t = transposed ? triangle.ToColumnMajorArray() : triangle.ToRowMajorArray();
        double[] x = right.ToRowMajorArray();
        int columns = right.ColumnCount;
        bool backward = upper != transposed;
        for (int step = 0; step < n; step++)
        {
            int i = backward ? n - 1 - step : step;
            var row = x.AsSpan(i * columns, columns);
            foreach (int j in backward ? Enumerable.Range(i + 1, n - 1 - i) : Enumerable.Range(0, i))
            {
                double factor = t[(i * n) + j];
                var known = x.AsSpan(j * columns, columns);
                for (int c = 0; factor != 0 && c < columns; c++)
                {
                    row[c] -= factor * known[c];
                }
            }

            for (int c = 0; !unit && c < columns; c++)
            {
                row[c] /= t[(i * n) + i];
            }
        }

        return Dense.RowMajor(n, columns, x);
    }
}
