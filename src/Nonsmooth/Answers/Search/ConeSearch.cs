namespace Nonsmooth.Answers;

/// <summary>Every piece of a piecewise linear function around a point: the open cones of directions on which it is linear.</summary>
/// <remarks>
/// A depth-first search over the signs of the tied switches, in order. A choice of signs is a piece exactly when some
/// direction has them all: 0 is then outside the hull of the (signed) rows, and the hull's point nearest to 0 is such a
/// direction. The number of pieces can be exponential in the number of switches; the search stops at a limit.
/// </remarks>
internal sealed class ConeSearch(SwitchSystem system, long limit)
{
    private const double _tolerance = 1e-9;

    private readonly double[][] _rows = new double[system.Units.Count][];
    private readonly int[] _signs = new int[system.Units.Count];
    private readonly List<double[]> _constraints = [];

    /// <summary>Pieces visited.</summary>
    public long Cones { get; private set; }

    /// <summary>Whether the limit stopped the search.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Visits pieces until the visitor returns false.</summary>
    /// <param name="visit">Given the gradient on the piece, a direction inside and the rows that bound it.</param>
    public void Run(Func<double[], double[], IReadOnlyList<double[]>, bool> visit)
    {
        var start = new double[system.J[0].Length];
        Visit(0, start, visit);
    }

    private bool Visit(int unit, double[] witness, Func<double[], double[], IReadOnlyList<double[]>, bool> visit)
    {
        if (unit == _signs.Length)
        {
            if (Cones == limit)
            {
                IsExhausted = true;
                return false;
            }

            Cones++;
            return visit(Combine(system.J[0], system.Y[0], unit), witness, _constraints);
        }

        double[] row = _rows[unit] = Combine(system.Z[unit], system.L[unit], unit);
        double length = Math.Sqrt(ConvexHull.Dot(row, row));
        if (!(length > _tolerance))
        {
            _signs[unit] = 0;
            return Visit(unit + 1, witness, visit);
        }

        double[] normal = [.. row.Select(r => r / length)];
        double along = ConvexHull.Dot(normal, witness);
        int first = along < 0 ? -1 : 1;
        foreach (int sign in new[] { first, -first })
        {
            double[] signed = [.. normal.Select(n => sign * n)];
            bool implied = _constraints.Exists(c => ConvexHull.Dot(c, signed) > 1 - 1e-12);
            bool excluded = !implied && _constraints.Exists(c => ConvexHull.Dot(c, signed) < -1 + 1e-12);
            if (excluded)
            {
                continue;
            }

            if (!implied)
            {
                _constraints.Add(signed);
            }

            double[]? inside = implied || sign * along > _tolerance ? witness : Inside(_constraints);
            _signs[unit] = sign;
            bool goOn = inside is null || Visit(unit + 1, inside, visit);
            if (!implied)
            {
                _constraints.RemoveAt(_constraints.Count - 1);
            }

            if (!goOn)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A direction that has a positive product with every row; null where there is none.</summary>
    public static double[]? Inside(IReadOnlyList<double[]> rows)
    {
        double[] nearest = ConvexHull.Nearest(rows);
        double length = Math.Sqrt(ConvexHull.Dot(nearest, nearest));
        return length > 1e-7 ? [.. nearest.Select(x => x / length)] : null;
    }

    private double[] Combine(double[] start, double[] weights, int count)
    {
        double[] sum = [.. start];
        for (int j = 0; j < count; j++)
        {
            double weight = weights[j] * _signs[j];
            for (int i = 0; weight != 0 && i < sum.Length; i++)
            {
                sum[i] += weight * _rows[j][i];
            }
        }

        return sum;
    }
}
