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
    public static Rational[][]? Solve(Rational[][] matrix, params Rational[][] rights)
    {
        int n = matrix.Length;
        var rows = matrix.Select((row, i) => row.Concat(rights.Select(r => r[i])).ToArray()).ToArray();
        for (int k = 0; k < n; k++)
        {
            int pivot = Array.FindIndex(rows, k, row => row[k].Sign != 0);
            if (pivot < 0)
            {
                return null;
            }

            (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
            for (int i = 0; i < n; i++)
            {
                if (i == k || rows[i][k].Sign == 0)
                {
                    continue;
                }

                var factor = rows[i][k] / rows[k][k];
                for (int j = k; j < rows[i].Length; j++)
                {
                    rows[i][j] = rows[k][j].Sign == 0 ? rows[i][j] : rows[i][j] - (factor * rows[k][j]);
                }
            }
        }

        return [.. rights.Select((_, r) => rows.Select((row, i) => row[n + r] / row[i]).ToArray())];
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
