using Nonsmooth.Randomness;

namespace Nonsmooth.Answers;

/// <summary>Gradients at points around a kink: what spans Clarke's set there.</summary>
/// <remarks>
/// Distances are taken with each variable in the unit of the largest slope along it, or, where that is larger, of what
/// rounding lets one see: a small term weighs as much as a large one.
/// </remarks>
internal sealed class NearbyGradients(Subject subject)
{
    private const double _distance = 1e-5;
    private const double _visible = 1e5;

    private readonly LocalGradient _local = new(subject);
    private readonly List<double[]> _all = [];
    private readonly List<(double[] Direction, double[] Gradient)> _sides = [];

    /// <summary>How many different ones were met.</summary>
    public int Count => _all.Count;

    /// <summary>Whether a gradient that was claimed at a point nearby is not the slope there.</summary>
    public bool IsContradicted => _local.IsContradicted;

    private double Tolerance => subject.Options.HullTolerance;

    /// <summary>Takes gradients on all sides, then where the hull would have to grow for a gradient to be in it.</summary>
    public bool Reach(double[] gradient)
    {
        double[] target = subject.Scaled(gradient);
        var random = Surround();
        if (_all.Count > 0)
        {
            Add([.. target.Zip(Units(), (g, u) => g / u)]);
        }

        int failures = 0;
        for (int s = 0; s < subject.Options.Samples && _all.Count > 0; s++)
        {
            double[] units = Units();
            double[] gap = ConvexHull.Nearest([.. _all.Select(g => InUnits(ConvexHull.Minus(g, target), units))]);
            double length = Math.Sqrt(ConvexHull.Dot(gap, gap));
            if (length <= Tolerance)
            {
                return true;
            }

            // Straight towards the gradient a convex function has its most extreme piece; others are beside it, opposite, or climbed to.
            int before = _all.Count;
            double[] towards = InUnits([.. gap.Select(g => -g / length)], units);
            double longest = towards.Max(Math.Abs), sign = failures % 3 == 2 ? -1 : 1;
            double jitter = failures == 0 ? 0 : 0.02 * Math.Pow(1.5, failures % 9);
            Add([.. towards.Zip(Draw(ref random), (t, r) => (sign * t / longest) + (jitter * r))]);
            failures = _all.Count > before ? 0 : failures + 1;
            if (failures is 1 or 4)
            {
                Climb([.. towards.Select(t => t / longest)]);
            }
        }

        return false;
    }

    /// <summary>Whether a gradient is in the affine span of those met.</summary>
    public bool Spans(double[] gradient)
    {
        double[] units = Units();
        return ConvexHull.DistanceFromSpan([.. _all.Select(g => InUnits(g, units))], InUnits(subject.Scaled(gradient), units), 10 * Tolerance) <= Tolerance;
    }

    /// <summary>Whether rounding hides what decides about some entry of a gradient.</summary>
    public bool Hides(double[] gradient)
    {
        double[] target = subject.Scaled(gradient);
        double noise = 10 * _local.Noise;
        return Enumerable.Range(0, target.Length).Any(i => _all.Max(g => Math.Abs(g[i])) < _visible * _local.Noise
            && (target[i] < _all.Min(g => g[i]) - noise || target[i] > _all.Max(g => g[i]) + noise));
    }

    /// <summary>Whether gradients on all sides differ by more than a smooth function's would.</summary>
    public bool Differ()
    {
        Surround();
        if (_all.Count == 0)
        {
            return false;
        }

        double[] units = Units();
        return _all.Exists(g => InUnits(ConvexHull.Minus(g, _all[0]), units).Max(Math.Abs) > 20 * Tolerance);
    }

    private static double[] InUnits(double[] gradient, double[] units) => [.. gradient.Zip(units, (g, u) => g / u)];

    private double[] Units()
    {
        double visible = _visible * _local.Noise;
        return [.. Enumerable.Range(0, subject.Variables).Select(i => Math.Max(_all.Max(g => Math.Abs(g[i])), visible) is > 0 and var unit ? unit : 1)];
    }

    private RandomSequence Surround()
    {
        var random = new CounterRandom(subject.Options.Seed).Derive("nearby").Sequence();
        double[] rising = [.. Enumerable.Range(1, subject.Variables).Select(i => (double)i / subject.Variables)];
        foreach (double sign in new double[] { 1, -1 })
        {
            Add([.. rising.Select(r => sign * r)]);
            Add([.. rising.Reverse().Select(r => sign * r)]);
        }

        for (int s = 0; s < subject.Options.Samples; s++)
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

        double[]? gradient = _local.At(direction, _distance);
        if (gradient is null || !gradient.All(double.IsFinite))
        {
            return null;
        }

        if (!_all.Exists(g => IsNear(g, gradient)))
        {
            _all.Add(gradient);
            _sides.Add((direction, gradient));
        }

        return gradient;
    }

    private bool IsNear(double[] a, double[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (Math.Abs(a[i] - b[i]) > (1e-7 * Math.Max(Math.Abs(a[i]), Math.Abs(b[i]))) + _local.Noise)
            {
                return false;
            }
        }

        return true;
    }

    private double[] Draw(ref RandomSequence random)
    {
        var direction = new double[subject.Variables];
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = random.NextNormal();
        }

        return direction;
    }
}
