using Nonsmooth.Randomness;

namespace Nonsmooth.Answers;

/// <summary>Gradients at points around a kink: what spans Clarke's set there.</summary>
internal sealed class NearbyGradients(Func<double[], double> function, Func<double[], double[]> claim, double[] x, GradientCheckOptions options)
{
    private const double _distance = 1e-5;

    private readonly LocalGradient _local = new(function, claim);
    private readonly List<double[]> _all = [];
    private readonly List<(double[] Direction, double[] Gradient)> _sides = [];

    public IReadOnlyList<double[]> All => _all;

    /// <summary>Whether a gradient that was claimed at a point nearby is not the slope there.</summary>
    public bool IsContradicted => _local.IsContradicted;

    /// <summary>The distance at which a gradient counts as in the hull.</summary>
    public double Tolerance => options.HullTolerance * (1 + _all.Select(g => Math.Sqrt(ConvexHull.Dot(g, g))).DefaultIfEmpty(0).Max());

    /// <summary>Takes gradients on all sides, then where the hull would have to grow for a gradient to be in it.</summary>
    public bool Reach(double[] gradient)
    {
        var random = Surround();
        Add(gradient);
        bool grew = true;
        for (int s = 0; s < options.Samples && _all.Count > 0; s++)
        {
            double[] gap = ConvexHull.Nearest([.. _all.Select(g => ConvexHull.Minus(g, gradient))]);
            double length = Math.Sqrt(ConvexHull.Dot(gap, gap));
            if (length <= Tolerance)
            {
                return true;
            }

            // Straight towards the gradient a convex function has its most extreme piece; others are climbed to.
            int before = _all.Count;
            double[] towards = [.. gap.Select(g => -g / length)];
            Add(grew ? towards : [.. towards.Zip(Draw(ref random), (g, r) => (s % 2 == 0 ? g : -g) + (0.1 * (1 + (s % 5)) * r))]);
            if (_all.Count == before)
            {
                Climb(towards);
            }

            grew = _all.Count > before;
        }

        return false;
    }

    /// <summary>Whether gradients on all sides differ by more than a smooth function's would.</summary>
    public bool Differ()
    {
        Surround();
        return _all.Exists(g => Math.Sqrt(_all[0].Zip(g, (a, b) => (a - b) * (a - b)).Sum()) > 10 * Tolerance);
    }

    private RandomSequence Surround()
    {
        var random = new CounterRandom(options.Seed).Derive("nearby").Sequence();
        double[] rising = [.. x.Select((_, i) => (i + 1.0) / x.Length)];
        foreach (double sign in new double[] { 1, -1 })
        {
            Add([.. rising.Select(r => sign * r)]);
            Add([.. rising.Reverse().Select(r => sign * r)]);
        }

        for (int s = 0; s < options.Samples; s++)
        {
            Add(Draw(ref random));
        }

        return random;
    }

    // From the side whose gradient is most extreme, mirrored in one variable after the other while that helps.
    private void Climb(double[] towards)
    {
        var (best, most) = _sides.Select(s => (s.Direction, Height: ConvexHull.Dot(s.Gradient, towards))).MaxBy(s => s.Height);
        for (int i = 0; i < best.Length; i++)
        {
            double[] mirrored = [.. best];
            mirrored[i] = -mirrored[i];
            if (Add(mirrored) is { } gradient && ConvexHull.Dot(gradient, towards) > most)
            {
                (best, most) = (mirrored, ConvexHull.Dot(gradient, towards));
            }
        }
    }

    private double[]? Add(double[] direction)
    {
        if (!direction.All(double.IsFinite))
        {
            return null;
        }

        double[] at = [.. x.Zip(direction, (a, v) => a + (_distance * v))];
        double[]? gradient = _local.At(at, direction);
        if (gradient is null || !gradient.All(double.IsFinite))
        {
            return null;
        }

        if (!_all.Exists(g => Gradients.Difference([g], [gradient]) <= 1e-7))
        {
            _all.Add(gradient);
            _sides.Add((direction, gradient));
        }

        return gradient;
    }

    private double[] Draw(ref RandomSequence random)
    {
        var direction = new double[x.Length];
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = random.NextNormal();
        }

        return direction;
    }
}
