using Nonsmooth.Randomness;

namespace Nonsmooth.Answers;

/// <summary>One-sided difference quotients at steps that shrink, extrapolated to step 0.</summary>
/// <remarks>
/// The quotient is a polynomial in the step on a smooth piece, so Neville's table removes its terms one by one; the entry
/// that changes least is taken, its change being the error. Where a piece ends within the first steps the later ones decide.
/// </remarks>
internal static class OneSidedDifference
{
    private const double _shrink = 4;
    private const int _levels = 10;

    public static Slope Of(Func<double[], double> function, double[] x, double value, double[] direction, double sign, double start = 0.02)
    {
        var before = new double[_levels];
        var best = new Slope(double.NaN, double.PositiveInfinity);
        double h = start;
        for (int k = 0; k < _levels; k++, h /= _shrink)
        {
            double[] moved = [.. x.Zip(direction, (a, v) => a + (sign * h * v))];
            double end = function(moved);
            var row = new double[_levels];
            row[0] = sign * (end - value) / h;
            double factor = 1;
            double noise = 4e-16 * (Math.Abs(value) + Math.Abs(end)) / h;
            for (int j = 1; j <= k; j++)
            {
                factor *= _shrink;
                row[j] = ((factor * row[j - 1]) - before[j - 1]) / (factor - 1);
                double error = Math.Max(Math.Abs(row[j] - row[j - 1]), Math.Abs(row[j] - before[j - 1])) + (2 * noise);
                if (error < best.Error)
                {
                    best = new Slope(row[j], error);
                }
            }

            before = row;
        }

        return best;
    }

    /// <summary>Slopes on both sides along random directions, beside what a gradient says.</summary>
    public static List<SlopePair> Pairs(
        Func<double[], double> function, double[] x, double value, double[] gradient, GradientCheckOptions options)
    {
        var random = new CounterRandom(options.Seed).Derive("gradient check").Sequence();
        var slopes = new List<SlopePair>();
        for (int d = 0; d < options.Directions && x.Length > 0; d++)
        {
            var v = new double[x.Length];
            for (int i = 0; i < v.Length; i++)
            {
                v[i] = random.NextNormal();
            }

            double largest = v.Max(Math.Abs);
            v = [.. v.Select(a => a / largest)];
            slopes.Add(new SlopePair(
                v,
                Of(function, x, value, v, -1),
                Of(function, x, value, v, 1),
                ConvexHull.Dot(gradient, v)));
        }

        return slopes;
    }
}
