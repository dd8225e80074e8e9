using Nonsmooth.Differences;

namespace Nonsmooth.Answers;

/// <summary>The gradient at a smooth point: measured, or with many variables claimed and confirmed along a direction.</summary>
internal sealed class LocalGradient(Subject subject)
{
    private const double _step = 3e-8;

    /// <summary>Whether a gradient that was claimed is not the slope.</summary>
    public bool IsContradicted { get; private set; }

    /// <summary>How far rounding may put an entry of what was measured.</summary>
    public double Noise { get; private set; }

    /// <summary>The gradient in the limit along a direction; null where the point turns out to sit on a kink, or its claim is wrong.</summary>
    public double[]? At(double[] direction, double distance)
    {
        double[] at = [.. direction.Select(v => distance * v)];
        if (at.Length > Scales.Most)
        {
            return Confirm(at, direction);
        }

        // From two distances to none, where they are on one piece: its curvature is no difference of gradients.
        double[]? far = Measure(at), near = Measure([.. at.Select(a => a / 2)]);
        return near is null || far is null ? far ?? near
            : far.Zip(near).Any(p => Math.Abs(p.First - p.Second) > (1e-2 * near.Max(Math.Abs)) + (8 * Noise)) ? near
            : [.. near.Zip(far, (n, f) => (2 * n) - f)];
    }

    // Too many variables to measure: the claim is taken, if it has the slope along one direction.
    private double[]? Confirm(double[] at, double[] direction)
    {
        double[] gradient = subject.Claim(at);
        double largest = direction.Max(Math.Abs);
        double[] v = [.. direction.Reverse().Select(d => 5e-5 * d / largest)];
        double value = subject.Value(at);
        var right = OneSidedDifference.Of(subject.Value, at, value, v, 1);
        var left = OneSidedDifference.Of(subject.Value, at, value, v, -1);
        var pair = new SlopePair(v, left, right, ConvexHull.Dot(gradient, v));
        if (!left.IsSettled || !right.IsSettled || pair.IsKink)
        {
            return null;
        }

        double size = gradient.Zip(v, (g, d) => Math.Abs(g * d)).Sum();
        bool agrees = Math.Abs(pair.Claimed - right.Value) <= (10 * right.Error) + (1e-3 * Math.Max(Math.Abs(right.Value), 0.1 * size));
        IsContradicted |= !agrees;
        return agrees ? gradient : null;
    }

    // Null where the point sits within a step of another kink.
    private double[]? Measure(double[] at)
    {
        double value = subject.Value(at);
        var gradient = new double[at.Length];
        var bend = new double[at.Length];
        double[] moved = [.. at];
        for (int i = 0; i < at.Length; i++)
        {
            moved[i] = at[i] + _step;
            double ahead = subject.Value(moved);
            moved[i] = at[i] - _step;
            double behind = subject.Value(moved);
            moved[i] = at[i];
            gradient[i] = (ahead - behind) / (2 * _step);
            bend[i] = Math.Abs(ahead + behind - (2 * value)) / _step;
        }

        double noise = 4e-16 * Math.Abs(value) / _step;
        if (!gradient.All(double.IsFinite) || bend.Max() > (0.01 * gradient.Max(Math.Abs)) + (8 * noise))
        {
            return null;
        }

        Noise = Math.Max(Noise, noise);
        return gradient;
    }
}
