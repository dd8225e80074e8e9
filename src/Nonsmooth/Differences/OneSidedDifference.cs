namespace Nonsmooth.Differences;

/// <summary>One-sided difference quotients at steps that shrink, extrapolated to step 0.</summary>
/// <remarks>
/// The quotient is a polynomial in the step on a smooth piece, so Neville's table removes its terms one by one; of the
/// entries that all later quotients bear out, the one that changes least is taken, its change being the error. A piece
/// that ends between two steps is therefore left for the nearer one, down to a step of 2·10⁻¹¹ of the direction or to where
/// rounding hides it.
/// </remarks>
internal static class OneSidedDifference
{
    private const double _start = 0.02;
    private const double _shrink = 4;
    private const int _levels = 16;
    private const double _rounding = 4e-16;

    /// <summary>The length of a step, in parts of the direction.</summary>
    public static double Step(int level) => _start / Math.Pow(_shrink, level);

    /// <summary>The slope of a function along a direction, on one side.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">The point.</param>
    /// <param name="value">The function's value there.</param>
    /// <param name="direction">The direction; a step is a fiftieth of it at most.</param>
    /// <param name="sign">1 for the right side, −1 for the left.</param>
    /// <param name="rounding">How far rounding may put the values near the point, where that is known; a few units in their last place at least.</param>
    public static Slope Of(Func<double[], double> function, double[] x, double value, double[] direction, double sign, double rounding = 0)
    {
        double grid = Grid(x, direction);
        var quotients = new double[_levels];
        var noise = new double[_levels];
        var candidates = new List<(double Value, double Error, int Level)>();
        var before = new double[_levels];
        double h = _start;
        for (int k = 0; k < _levels; k++, h /= _shrink)
        {
            double end = function([.. x.Zip(direction, (a, v) => a + (sign * h * v))]);
            quotients[k] = sign * (end - value) / h;
            noise[k] = (Math.Max(_rounding * (Math.Abs(value) + Math.Abs(end)), 2 * rounding) / h) + (Math.Abs(quotients[k]) * grid / h);
            var row = new double[_levels];
            row[0] = quotients[k];
            double factor = 1;
            for (int j = 1; j <= k; j++)
            {
                factor *= _shrink;
                row[j] = ((factor * row[j - 1]) - before[j - 1]) / (factor - 1);
                double error = Math.Max(Math.Abs(row[j] - row[j - 1]), Math.Abs(row[j] - before[j - 1])) + (2 * noise[k]);
                if (double.IsFinite(error))
                {
                    candidates.Add((row[j], error, k));
                }
            }

            before = row;
        }

        if (quotients.All(q => q == 0))
        {
            return new Slope(0, 2 * noise[0], 0) { Quotients = quotients };
        }

        foreach (var (slope, error, level) in candidates.OrderBy(c => c.Error))
        {
            if (IsBorneOut(slope, error, level))
            {
                return new Slope(slope, error, quotients.Take(level + 1).Max(Math.Abs)) { Quotients = quotients };
            }
        }

        return new Slope(double.NaN, double.PositiveInfinity, quotients.Max(Math.Abs));

        bool IsBorneOut(double slope, double error, int level)
        {
            double spread = 2 * Math.Max(error, Math.Abs(quotients[level] - slope));
            for (int m = level + 1; m < _levels; m++)
            {
                if (!(Math.Abs(quotients[m] - slope) <= spread + (4 * noise[m])))
                {
                    return false;
                }
            }

            return true;
        }
    }

    // How far, in steps of the direction, rounding may put a point that was moved along it.
    private static double Grid(double[] x, double[] direction)
    {
        double grid = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (direction[i] != 0)
            {
                grid = Math.Max(grid, Math.BitIncrement(Math.Abs(x[i])) - Math.Abs(x[i]) is var ulp ? ulp / Math.Abs(direction[i]) : 0);
            }
        }

        return grid;
    }
}
