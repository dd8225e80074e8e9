using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>A proof that every symmetric matrix of some intervals is positive semidefinite.</summary>
/// <remarks>
/// Rows of zeros are left out. Of the rest, W·H·Wᵀ is diagonally dominant with a positive diagonal, W being a regular triangular matrix: the
/// inverse of a Cholesky factor. A matrix that is singular otherwise is not proved, since rounded numbers do not tell it from an indefinite one.
/// </remarks>
internal static class Convexity
{
    public static bool IsProved(Enclosure[][] matrix)
    {
        int[] kept = [.. Enumerable.Range(0, matrix.Length).Where(i => !matrix[i].All(Enclosure.IsZero))];
        int n = kept.Length;
        if (n == 0)
        {
            return true;
        }

        var middle = Matrix<double>.Build.Dense(n, n, (i, j) => matrix[kept[i]][kept[j]].Middle);
        var scale = middle.Diagonal().Map(d => d > 0 ? Math.ScaleB(1, -(Math.ILogB(d) / 2)) : 0);
        var scaled = middle.MapIndexed((i, j, v) => v * scale[i] * scale[j]);
        if (scale.Minimum() == 0 || Factor(scaled) is not { } factor)
        {
            return false;
        }

        var w = factor.LowerTriangle().Inverse().LowerTriangle().MapIndexed((_, j, v) => v * scale[j]);
        if (w.Diagonal().Any(v => v == 0 || !double.IsFinite(v)))
        {
            return false;
        }

        // The product WH, then the rows of its product with Wᵀ.
        var half = Enumerable.Range(0, n).Select(i =>
            Enumerable.Range(0, n).Select(j => Enclosures.Dot(w.Row(i).ToArray(), Column(j))).ToArray()).ToArray();
        for (int i = 0; i < n; i++)
        {
            Enclosure margin = 0;
            for (int j = 0; j < n; j++)
            {
                var entry = Enclosures.Dot(half[i], w.Row(j).ToArray());
                if (!entry.IsDefined)
                {
                    return false;
                }

                margin += i == j ? entry : -entry.Magnitude;
            }

            if (!margin.IsDefined || margin.Lower <= 0)
            {
                return false;
            }
        }

        return true;

        Enclosure[] Column(int j) => [.. kept.Select(k => matrix[k][kept[j]])];
    }

    // The Cholesky factor; null where a pivot is not positive.
    private static Matrix<double>? Factor(Matrix<double> matrix)
    {
        int n = matrix.RowCount;
        var factor = Dense.Zero(n, n);
        for (int j = 0; j < n; j++)
        {
            double pivot = matrix[j, j];
            for (int k = 0; k < j; k++)
            {
                pivot -= factor[j, k] * factor[j, k];
            }

            if (!(pivot > 0))
            {
                return null;
            }

            factor[j, j] = Math.Sqrt(pivot);
            for (int i = j + 1; i < n; i++)
            {
                double entry = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    entry -= factor[i, k] * factor[j, k];
                }

                factor[i, j] = entry / factor[j, j];
            }
        }

        return factor;
    }
}
