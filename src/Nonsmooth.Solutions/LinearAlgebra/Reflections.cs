using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>QR by Householder's reflections, with the signs that LAPACK takes.</summary>
internal static class Reflections
{
    /// <summary>
    /// Q (m × k) and R (k × n), k the lesser of both; and for each reflection how far it is from where its sign jumps: the entry that it replaces, or the length of
    /// what stands below, where nothing is reflected; ∞ where nothing can stand there.
    /// </summary>
    public static (Matrix<double> Q, Matrix<double> R, double[] Borders) Decompose(Matrix<double> a)
    {
        int k = Math.Min(a.RowCount, a.ColumnCount);
        var r = a.Clone();
        var mirrors = new Vector<double>?[k];
        double[] borders = new double[k];
        for (int j = 0; j < k; j++)
        {
            var below = r.Column(j, j, a.RowCount - j);
            double rest = a.RowCount - j > 1 ? below.SubVector(1, below.Count - 1).L2Norm() : 0;
            borders[j] = below.Count > 1 ? Math.Min(Math.Abs(below[0]), rest) : double.PositiveInfinity;
            if (rest == 0)
            {
                continue;
            }

            double length = Math.CopySign(Math.Sqrt((below[0] * below[0]) + (rest * rest)), -below[0]);
            below[0] -= length;
            mirrors[j] = below / below.L2Norm();
            Reflect(r, mirrors[j]!, j, j);
            r[j, j] = length;
        }

        var q = Matrix<double>.Build.DenseIdentity(a.RowCount, k);
        for (int j = k - 1; j >= 0; j--)
        {
            if (mirrors[j] is { } mirror)
            {
                Reflect(q, mirror, j, j);
            }
        }

        return (q, r.SubMatrix(0, k, 0, a.ColumnCount).MapIndexed((i, j, x) => j < i ? 0 : x), borders);
    }

    private static void Reflect(Matrix<double> m, Vector<double> mirror, int row, int column)
    {
        var part = m.SubMatrix(row, m.RowCount - row, column, m.ColumnCount - column);
        m.SetSubMatrix(row, column, part - (2 * mirror.OuterProduct(part.TransposeThisAndMultiply(mirror))));
    }
}
