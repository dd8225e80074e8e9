using Nonsmooth.Cost;

namespace Nonsmooth.Reliability.Profiles;

/// <summary>The convex hull of some gradients.</summary>
internal sealed class GradientHull
{
    private const double _tolerance = 1e-4;
    private const double _weight = 1e3;

    private readonly List<double[]> _points = [];

    public GradientHull(IEnumerable<double[]> gradients)
    {
        foreach (var gradient in gradients)
        {
            if (!_points.Exists(p => Distance(p, gradient) <= _tolerance * (1 + Length(p))))
            {
                _points.Add(gradient);
            }
        }
    }

    /// <summary>Whether there is one gradient only: the function is smooth there.</summary>
    public bool IsPoint => _points.Count == 1;

    /// <summary>The element nearest to 0.</summary>
    public double[] Least => Nearest(new double[_points[0].Length]);

    /// <summary>Whether a gradient is in the hull.</summary>
    public bool Contains(double[] gradient) => Distance(Nearest(gradient), gradient) <= _tolerance * (1 + Length(gradient));

    /// <summary>Whether it is in the hull's affine span.</summary>
    public bool Spans(double[] gradient)
    {
        var basis = new List<double[]>();
        foreach (var point in _points.Skip(1))
        {
            var rest = Project(Minus(point, _points[0]), basis);
            if (Length(rest) > _tolerance)
            {
                basis.Add([.. rest.Select(x => x / Length(rest))]);
            }
        }

        return Length(Project(Minus(gradient, _points[0]), basis)) <= _tolerance * (1 + Length(gradient));
    }

    private double[] Nearest(double[] target)
    {
        // Weights that are not negative, and (by a heavy row) sum to 1.
        var rows = Enumerable.Range(0, target.Length).Select(i => _points.Select(p => p[i]).ToArray()).ToList();
        rows.Add([.. _points.Select(_ => _weight)]);
        double[] weights = NonNegativeLeastSquares.Solve(rows, [.. target, _weight]);
        double sum = weights.Sum();
        return [.. Enumerable.Range(0, target.Length).Select(i => weights.Zip(_points, (w, p) => w * p[i]).Sum() / sum)];
    }

    private static double[] Project(double[] vector, List<double[]> basis)
    {
        foreach (var direction in basis)
        {
            double along = vector.Zip(direction, (a, b) => a * b).Sum();
            vector = [.. vector.Zip(direction, (a, b) => a - (along * b))];
        }

        return vector;
    }

    private static double[] Minus(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double Distance(double[] a, double[] b) => Length(Minus(a, b));

    private static double Length(double[] a) => Math.Sqrt(a.Sum(x => x * x));
}
