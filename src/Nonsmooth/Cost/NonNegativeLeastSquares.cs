namespace Nonsmooth.Cost;

/// <summary>The coefficients x ≥ 0 that make ‖A·x − b‖ least, by the method of active sets of Lawson and Hanson.</summary>
public static class NonNegativeLeastSquares
{
    private const double Tolerance = 1e-10;

    /// <summary>Solves for one coefficient a column.</summary>
    /// <param name="rows">The rows of A, all of one length.</param>
    /// <param name="values">b, one value a row.</param>
    /// <returns>The coefficients; a column of zeros gets 0.</returns>
    /// <exception cref="NonsmoothException">The numbers of rows and values differ, or there are none.</exception>
    public static double[] Solve(IReadOnlyList<double[]> rows, IReadOnlyList<double> values)
    {
        if (rows.Count == 0 || rows.Count != values.Count)
        {
            throw new NonsmoothException($"{rows.Count} rows and {values.Count} values cannot be fitted: give as many of each, at least 1");
        }

        var (gram, right, scale) = Normal(rows, values);
        int columns = right.Length;
        var x = new double[columns];
        var free = new bool[columns];
        for (int round = 0; round < 10 * columns; round++)
        {
            int enter = Steepest(gram, right, x, free);
            if (enter < 0)
            {
                break;
            }

            free[enter] = true;
            Descend(gram, right, x, free);
        }

        return [.. x.Select((value, j) => value * scale[j])];
    }

    // Columns are scaled to length 1: times per byte and fixed times are far apart.
    private static (double[][] Gram, double[] Right, double[] Scale) Normal(IReadOnlyList<double[]> rows, IReadOnlyList<double> values)
    {
        int columns = rows[0].Length;
        var scale = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            double norm = Math.Sqrt(rows.Sum(row => row[j] * row[j]));
            scale[j] = norm > 0 ? 1 / norm : 0;
        }

        var gram = new double[columns][];
        var right = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            gram[j] = new double[columns];
            for (int i = 0; i < rows.Count; i++)
            {
                double scaled = rows[i][j] * scale[j];
                right[j] += scaled * values[i];
                for (int k = 0; k < columns; k++)
                {
                    gram[j][k] += scaled * rows[i][k] * scale[k];
                }
            }
        }

        return (gram, right, scale);
    }

    private static int Steepest(double[][] gram, double[] right, double[] x, bool[] free)
    {
        int best = -1;
        double steepest = Tolerance * right.Max(Math.Abs);
        for (int j = 0; j < x.Length; j++)
        {
            double slope = right[j] - gram[j].Zip(x, (g, v) => g * v).Sum();
            if (!free[j] && slope > steepest)
            {
                (best, steepest) = (j, slope);
            }
        }

        return best;
    }

    private static void Descend(double[][] gram, double[] right, double[] x, bool[] free)
    {
        while (true)
        {
            int[] set = [.. Enumerable.Range(0, x.Length).Where(j => free[j])];
            double[] target = SolveSquare(gram, right, set);
            double step = 1;
            for (int i = 0; i < set.Length; i++)
            {
                double at = x[set[i]];
                if (target[i] <= 0 && at != target[i])
                {
                    step = Math.Min(step, at / (at - target[i]));
                }
            }

            bool whole = step >= 1 && target.All(t => t > 0);
            for (int i = 0; i < set.Length; i++)
            {
                double next = x[set[i]] + (step * (target[i] - x[set[i]]));
                bool leaves = !whole && next <= 1e-15 * Math.Abs(target[i]);
                x[set[i]] = leaves ? 0 : next;
                free[set[i]] = !leaves;
            }

            if (whole || !free.Contains(true))
            {
                return;
            }
        }
    }

    private static double[] SolveSquare(double[][] gram, double[] right, int[] set)
    {
        int n = set.Length;
        var a = set.Select(i => set.Select(j => gram[i][j]).Append(right[i]).ToArray()).ToArray();
        for (int p = 0; p < n; p++)
        {
            // Columns that others span stay out.
            a[p][p] += 1e-12;
            int pivot = Enumerable.Range(p, n - p).MaxBy(i => Math.Abs(a[i][p]));
            (a[p], a[pivot]) = (a[pivot], a[p]);
            for (int i = p + 1; i < n; i++)
            {
                double factor = a[i][p] / a[p][p];
                for (int j = p; j <= n; j++)
                {
                    a[i][j] -= factor * a[p][j];
                }
            }
        }

        var x = new double[n];
        for (int p = n - 1; p >= 0; p--)
        {
            double sum = a[p][n];
            for (int j = p + 1; j < n; j++)
            {
                sum -= a[p][j] * x[j];
            }

            x[p] = sum / a[p][p];
        }

        return x;
    }
}
