namespace Nonsmooth.Answers;

/// <summary>Finds where two pieces of a function meet on a line: nearer to a point than differences can step.</summary>
/// <remarks>
/// The pieces are read a little farther on, where the nearest steps of a difference are on the other piece already, and
/// continued to the point. The value there is on both if the kink is at the point, else on one only; how far off the other is, against the difference of
/// the slopes, is how far the kink is. Steps have uneven lengths, so that how far values are off a parabola shows their rounding.
/// </remarks>
internal static class KinkLocator
{
    private const int _samples = 9;
    private const double _beyond = 12;
    private const int _fine = -26;
    private const double _nearest = 2.3e-16;
    private const double _rounded = 1e-10;
    private static readonly int[] _steps = [-30, -25, -20];

    /// <summary>Where the kink is between the two sides of a pair.</summary>
    public static KinkOffset Of(Func<double[], double> function, double[] x, double value, SlopePair pair, double rounding)
    {
        foreach (int step in _steps)
        {
            double h = Math.ScaleB(1, step);
            var (left, right) = (Side(function, x, value, pair.Direction, -h), Side(function, x, value, pair.Direction, h));
            double jump = pair.Right.Value - pair.Left.Value;
            double slack = 0.05 * Math.Abs(jump);
            if (!(Math.Abs(left.Slope - pair.Left.Value) <= slack + (10 * pair.Left.Error)) || !(Math.Abs(right.Slope - pair.Right.Value) <= slack + (10 * pair.Right.Error)))
            {
                continue;
            }

            // Where a direction moves several variables, each is rounded for itself.
            double grid = pair.Direction.Count(d => d != 0) > 1 ? Grid(x, pair.Direction) * (Math.Abs(pair.Left.Value) + Math.Abs(pair.Right.Value)) : 0;
            double error = Math.Max(_beyond * Math.Max(left.Noise, right.Noise), 2 * rounding) + grid;
            double toRight = right.Above / jump, toLeft = left.Above / jump, blur = error / Math.Abs(jump);
            var (isOnLeft, isOnRight) = (Math.Abs(left.Above) <= error, Math.Abs(right.Above) <= error);
            return isOnLeft && isOnRight ? new KinkOffset(KinkSide.Here, 0, blur)
                : isOnLeft && toRight > 0 && toRight < h ? new KinkOffset(KinkSide.Right, toRight, blur)
                : isOnRight && toLeft > 0 && toLeft < h ? new KinkOffset(KinkSide.Left, toLeft, blur)
                : default;
        }

        return default;
    }

    /// <summary>How far rounding puts values near a point, by how far they are off parabolas: on the side of each variable where that is less, since on the other a kink may be.</summary>
    public static double Rounding(Func<double[], double> function, double[] x, double value)
    {
        double most = 0;
        for (int i = 0; i < Math.Min(x.Length, Scales.Most); i++)
        {
            var direction = new double[x.Length];
            direction[i] = x[i] == 0 ? 1 : Math.Abs(x[i]);
            double h = Math.ScaleB(1, _fine);
            double noise = Math.Min(Side(function, x, value, direction, h).Noise, Side(function, x, value, direction, -h).Noise);
            noise = noise > 0 ? noise : Math.Max(Stair(function, x, value, direction, 1), Stair(function, x, value, direction, -1));
            most = double.IsFinite(noise) ? Math.Max(most, noise) : most;
        }

        return most;
    }

    // A parabola through values on one side, by least squares: how far the value is above it at 0, its slope, and how far values are off it.
    private static (double Above, double Slope, double Noise) Side(Func<double[], double> function, double[] x, double value, IReadOnlyList<double> direction, double h)
    {
        var (u, f) = (new double[_samples], new double[_samples]);
        int only = direction.Count(d => d != 0) == 1 ? Array.FindIndex([.. direction], d => d != 0) : -1;
        for (int s = 0; s < _samples; s++)
        {
            // 1 to 3 steps, by multiples of the golden ratio.
            double t = h * (1 + (2 * ((0.61803398874989485 * (s + 1)) % 1)));
            double[] at = [.. x.Zip(direction, (a, v) => a + (t * v))];
            u[s] = only < 0 ? t / h : (at[only] - x[only]) / direction[only] / h;
            f[s] = function(at) - value;
        }

        // By orthogonal polynomials about the middle.
        double mean = u.Average();
        double[] p = [.. u.Select(v => v - mean)];
        double pp = p.Sum(v => v * v), lean = p.Sum(v => v * v * v) / pp, spread = pp / _samples;
        double[] q = [.. p.Select(v => (v * (v - lean)) - spread)];
        double a = f.Average(), b = f.Zip(p, (v, w) => v * w).Sum() / pp, c = f.Zip(q, (v, w) => v * w).Sum() / q.Sum(v => v * v);
        double noise = Enumerable.Range(0, _samples).Max(s => Math.Abs(f[s] - a - (b * p[s]) - (c * q[s])));
        return (-(a - (b * mean) + (c * ((mean * (mean + lean)) - spread))), (b - (c * ((2 * mean) + lean))) / h, Math.Max(noise, 1.2e-16 * f.Max(Math.Abs)));
    }

    // The height of the step at which a function that stands still begins to move; 0 where it moves without one, as at a kink, or by what is no rounding of the change farther on.
    private static double Stair(Func<double[], double> function, double[] x, double value, double[] direction, double sign)
    {
        double Moved(double t) => Math.Abs(function([.. x.Zip(direction, (a, v) => a + (sign * t * v))]) - value);
        double last = Math.Max(1, 1 / direction.Max()), end = _nearest;
        if (Moved(end) > 0)
        {
            return 0;
        }

        while (end < last && Moved(end) == 0)
        {
            end *= 4;
        }

        double start = end / 4, height = Moved(end), most = Moved(last);
        for (int k = 0; k < 40 && height > 0; k++)
        {
            double middle = (start + end) / 2;
            double moved = Moved(middle);
            (start, end, height) = moved == 0 ? (middle, end, height) : (start, middle, moved);
        }

        return height <= _rounded * most && height > 1e-6 * Moved(2 * end) ? height : 0;
    }

    private static double Grid(double[] x, IReadOnlyList<double> direction) => Enumerable.Range(0, x.Length)
        .Where(i => direction[i] != 0).Max(i => (Math.BitIncrement(Math.Abs(x[i])) - Math.Abs(x[i])) / Math.Abs(direction[i]));
}
