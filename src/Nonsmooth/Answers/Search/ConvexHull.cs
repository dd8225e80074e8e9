namespace Nonsmooth.Answers;

/// <summary>Convex hulls of points, by their point nearest to 0 (Wolfe's algorithm).</summary>
/// <remarks>P. Wolfe, <i>Finding the nearest point in a polytope</i>, Mathematical Programming 11 (1976).</remarks>
internal static class ConvexHull
{
    private const double _tolerance = 1e-12;

    /// <summary>The point of the hull that is nearest to 0.</summary>
    public static double[] Nearest(IReadOnlyList<double[]> points) => Closest(points).Point;

    /// <summary>The point of the hull that is nearest to 0, the points that it is made of, and their shares.</summary>
    public static (double[] Point, IReadOnlyList<double[]> Corral, IReadOnlyList<double> Weights) Closest(IReadOnlyList<double[]> points, Deadline? deadline = null)
    {
        var corral = new List<double[]> { points.MinBy(p => Dot(p, p))! };
        var weights = new List<double> { 1 };
        double size = points.Max(p => Dot(p, p));
        double[] x = corral[0];
        for (int step = 0; step < 100 + (10 * points.Count); step++)
        {
            deadline?.Check();
            var next = points.MinBy(p => Dot(p, x))!;
            if (Dot(next, x) >= Dot(x, x) - (_tolerance * size) || corral.Contains(next))
            {
                break;
            }

            corral.Add(next);
            weights.Add(0);
            while (true)
            {
                double[] affine = AffineWeights(corral);
                if (affine.All(w => w > _tolerance))
                {
                    weights = [.. affine];
                    break;
                }

                double step1 = 1;
                for (int i = 0; i < affine.Length; i++)
                {
                    if (affine[i] <= _tolerance && weights[i] > affine[i])
                    {
                        step1 = Math.Min(step1, weights[i] / (weights[i] - affine[i]));
                    }
                }

                for (int i = affine.Length - 1; i >= 0; i--)
                {
                    weights[i] += step1 * (affine[i] - weights[i]);
                    if (weights[i] <= _tolerance && corral.Count > 1)
                    {
                        weights.RemoveAt(i);
                        corral.RemoveAt(i);
                    }
                }
            }

            x = Combine(corral, weights);
        }

        return (x, corral, weights);
    }

    /// <summary>The distance of a point from the affine span.</summary>
    public static double DistanceFromSpan(IReadOnlyList<double[]> points, double[] point, double tolerance)
    {
        var basis = new List<double[]>();
        foreach (var p in points.Skip(1))
        {
            double[] rest = Project(Minus(p, points[0]), basis);
            double length = Math.Sqrt(Square(rest));
            if (length > tolerance)
            {
                basis.Add([.. rest.Select(r => r / length)]);
            }
        }

        return Math.Sqrt(Square(Project(Minus(point, points[0]), basis)));
    }

    public static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    public static double[] Minus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double Square(double[] a) => Dot(a, a);

    private static double[] Project(double[] vector, List<double[]> basis)
    {
        foreach (var direction in basis)
        {
            double along = Dot(vector, direction);
            vector = [.. vector.Zip(direction, (a, b) => a - (along * b))];
        }

        return vector;
    }

    private static double[] Combine(List<double[]> points, List<double> weights)
    {
        var x = new double[points[0].Length];
        for (int p = 0; p < points.Count; p++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] += weights[p] * points[p][i];
            }
        }

        return x;
    }

    // The weights, of any sign, of the affine span's point nearest to 0: they solve (E + PPᵀ) w = 1 up to their sum.
    private static double[] AffineWeights(List<double[]> points)
    {
        int n = points.Count;
        double scale = points.Max(Square);
        double[][] m = [.. points.Select(p => points.Select(q => (Dot(p, q) / (scale > 0 ? scale : 1)) + 1).Append(1).ToArray())];
        for (int c = 0; c < n; c++)
        {
            int pivot = Enumerable.Range(c, n - c).MaxBy(r => Math.Abs(m[r][c]));
            (m[c], m[pivot]) = (m[pivot], m[c]);
            for (int r = 0; r < n; r++)
            {
                double factor = r == c || Math.Abs(m[c][c]) < 1e-15 ? 0 : m[r][c] / m[c][c];
                for (int k = c; factor != 0 && k <= n; k++)
                {
                    m[r][k] -= factor * m[c][k];
                }
            }
        }

        double[] weights = [.. Enumerable.Range(0, n).Select(i => Math.Abs(m[i][i]) < 1e-15 ? 0 : m[i][n] / m[i][i])];
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }
}
