using System.Numerics;
using Nonsmooth.Tests.Arithmetic;

namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>Linear algebra in fractions.</summary>
internal static class ExactSystem
{
    public static Rational[] Vector(IEnumerable<double> numbers) => [.. numbers.Select(x => (Rational)x)];

    public static Rational[][] Rows(double[] numbers, int columns) =>
        columns == 0 ? [] : [.. Enumerable.Range(0, numbers.Length / columns).Select(i => Vector(numbers.Skip(i * columns).Take(columns)))];

    public static Rational Dot(IEnumerable<Rational> a, IEnumerable<Rational> b) => a.Zip(b, (x, y) => x * y).Aggregate((Rational)0, (s, t) => s + t);

    public static Rational[] Times(Rational[][] a, Rational[] x) => [.. a.Select(row => Dot(row, x))];

    public static Rational[][] Transposed(Rational[][] a) =>
        a.Length == 0 ? [] : [.. a[0].Select((_, j) => a.Select(row => row[j]).ToArray())];

    public static Rational[][] Gram(Rational[][] a)
    {
        var columns = Transposed(a);
        return [.. columns.Select(x => columns.Select(y => Dot(x, y)).ToArray())];
    }

    /// <summary>The solutions for some right-hand sides; null where the matrix is singular.</summary>
    /// <remarks>Gauss and Jordan without fractions: rows are made integers, and every division is exact (Bareiss, 1968).</remarks>
    public static Rational[][]? Solve(Rational[][] matrix, params Rational[][] rights)
    {
        int n = matrix.Length;
        var rows = matrix.Select((row, i) => Integers([.. row, .. rights.Select(r => r[i])])).ToArray();
        var last = BigInteger.One;
        for (int k = 0; k < n; k++)
        {
            int pivot = Array.FindIndex(rows, k, row => !row[k].IsZero);
            if (pivot < 0)
            {
                return null;
            }

            (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
            for (int i = 0; i < n; i++)
            {
                var factor = rows[i][k];
                for (int j = 0; i != k && j < rows[i].Length; j++)
                {
                    // Columns before k are those of a multiple of the identity.
                    rows[i][j] = j < k && j != i ? BigInteger.Zero : ((rows[k][k] * rows[i][j]) - (factor * rows[k][j])) / last;
                }
            }

            last = rows[k][k];
        }

        return [.. rights.Select((_, r) => rows.Select((row, i) => new Rational(row[n + r], row[i])).ToArray())];
    }

    private static BigInteger[] Integers(Rational[] row)
    {
        var common = row.Aggregate(BigInteger.One, (c, x) => c / BigInteger.GreatestCommonDivisor(c, x.Denominator) * x.Denominator);
        return Array.ConvertAll(row, x => x.Numerator * (common / x.Denominator));
    }

    /// <summary>Whether all pivots are positive: positive definite.</summary>
    public static bool IsDefinite(Rational[][] matrix)
    {
        var rows = matrix.Select(row => row.ToArray()).ToArray();
        for (int k = 0; k < rows.Length; k++)
        {
            if (rows[k][k].Sign <= 0)
            {
                return false;
            }

            for (int i = k + 1; i < rows.Length; i++)
            {
                var factor = rows[i][k] / rows[k][k];
                for (int j = k; j < rows.Length; j++)
                {
                    rows[i][j] -= factor * rows[k][j];
                }
            }
        }

        return true;
    }
}
