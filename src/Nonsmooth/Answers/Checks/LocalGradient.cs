namespace Nonsmooth.Answers;

/// <summary>The gradient at a smooth point: measured, or with many variables claimed and confirmed along a direction.</summary>
internal sealed class LocalGradient(Func<double[], double> function, Func<double[], double[]> claim)
{
    private const double _step = 1e-8;
    private const int _measured = 32;

    /// <summary>Whether a gradient that was claimed is not the slope.</summary>
    public bool IsContradicted { get; private set; }

    /// <summary>The gradient; null where the point turns out to sit on a kink, or its claim is wrong.</summary>
    public double[]? At(double[] at, double[] direction) => at.Length <= _measured ? Measure(at) : Confirm(at, direction);

    // Too many variables to measure: the claim is taken, if it has the slope along one direction.
    private double[]? Confirm(double[] at, double[] direction)
    {
        double[] gradient = claim(at);
        double largest = direction.Max(Math.Abs);
        double[] v = [.. direction.Reverse().Select(d => d / largest)];
        double value = function(at);
        var right = OneSidedDifference.Of(function, at, value, v, 1, 1e-6);
        var left = OneSidedDifference.Of(function, at, value, v, -1, 1e-6);
        var pair = new SlopePair(v, left, right, ConvexHull.Dot(gradient, v));
        if (!left.IsSettled || !right.IsSettled || pair.IsKink)
        {
            return null;
        }

        bool agrees = Math.Abs(pair.Claimed - right.Value) <= (10 * right.Error) + (1e-3 * Slope.Scale(right.Value, 0));
        IsContradicted |= !agrees;
        return agrees ? gradient : null;
    }

    // Null where the point sits within a step of another kink.
    private double[]? Measure(double[] at)
    {
        double value = function(at);
        var gradient = new double[at.Length];
        for (int i = 0; i < at.Length; i++)
        {
            double right = At(i, _step) - value;
            double left = value - At(i, -_step);
            gradient[i] = (right + left) / (2 * _step);
            if (!(Math.Abs(right - left) / _step <= 0.02 * (1 + Math.Abs(gradient[i]) + Math.Abs(value))))
            {
                return null;
            }
        }

        return gradient;

        double At(int i, double step)
        {
            double[] moved = [.. at];
            moved[i] += step;

            // The step that was made, not the one that was meant.
            return value + ((function(moved) - value) * step / (moved[i] - at[i]));
        }
    }
}
