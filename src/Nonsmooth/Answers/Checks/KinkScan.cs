namespace Nonsmooth.Answers;

/// <summary>Finds the nearest kink beside a smooth point on one side of a line, from the quotients that a difference was made of.</summary>
/// <remarks>
/// Slopes between consecutive steps of a smooth function come together like the steps; where they do not, the interval is halved towards
/// the largest second difference, which at a kink is in proportion to the interval's length and elsewhere to its square.
/// </remarks>
internal static class KinkScan
{
    private const int _suspicions = 3;
    private const int _halvings = 24;
    private const int _toTell = 8;
    private const double _sudden = 1e-3;

    /// <summary>How far the kink is, in steps of the direction; null where none is met up to the largest step.</summary>
    public static double? Of(Func<double[], double> function, double[] x, double value, SlopePair pair, double sign)
    {
        if ((sign < 0 ? pair.Left : pair.Right) is not { IsSettled: true, Quotients: { } quotients } slope)
        {
            return null;
        }

        int suspicions = 0;
        double before = slope.Value;
        for (int k = quotients.Length - 2; k >= 0 && suspicions < _suspicions; k--)
        {
            double a = Differences.OneSidedDifference.Step(k + 1), b = Differences.OneSidedDifference.Step(k);
            double between = ((b * quotients[k]) - (a * quotients[k + 1])) / (b - a);
            double noise = (10 * slope.Error) + (1e-15 * Math.Abs(value) / a);
            if (Math.Abs(between - before) > (_sudden * Math.Max(Math.Abs(between), Math.Abs(before))) + (4 * noise))
            {
                suspicions++;
                if (Refine(at => function([.. x.Zip(pair.Direction, (p, v) => p + (sign * at * v))]), a / 4, b, Math.Abs(value)) is { } found)
                {
                    return found;
                }
            }

            before = between;
        }

        return null;
    }

    private static double? Refine(Func<double, double> line, double a, double b, double value)
    {
        double[] f = [line(a), line(a + ((b - a) / 4)), line((a + b) / 2), line(b - ((b - a) / 4)), line(b)];
        double first = double.NaN;
        for (int k = 0; k < _halvings; k++)
        {
            double[] bends = [f[0] - (2 * f[1]) + f[2], f[1] - (2 * f[2]) + f[3], f[2] - (2 * f[3]) + f[4]];
            int most = Enumerable.Range(0, 3).MaxBy(i => Math.Abs(bends[i]));
            double rate = Math.Abs(bends[most]) / (b - a);
            first = k == 0 ? rate : first;
            if (Math.Abs(bends[most]) <= 1e-14 * (value + f.Max(Math.Abs)))
            {
                return k >= _toTell ? (a + b) / 2 : null;
            }

            if (k >= _toTell && rate < 0.1 * first)
            {
                return null;
            }

            (double start, double end) = (a + (most * (b - a) / 4), a + ((most + 2) * (b - a) / 4));
            f = [f[most], line(start + ((end - start) / 4)), f[most + 1], line(end - ((end - start) / 4)), f[most + 2]];
            (a, b) = (start, end);
        }

        return (a + b) / 2;
    }
}
