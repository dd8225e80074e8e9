namespace Nonsmooth.Solutions;

/// <summary>A support vector machine's solution by its rows: on which side of each bound they are.</summary>
internal static class MarginRows
{
    private const double _near = 1e-6;

    /// <summary>The solution with its state; null where a row is so near a kink that the dual's own measures have to tell.</summary>
    public static Solution? Placed(Problem problem, double[] alpha, double[] w, double intercept)
    {
        int n = alpha.Length;
        int p = w.Length;
        double largest = Lanes.Largest(alpha);
        double length = Math.Sqrt(Lanes.Dot(w, w));
        long[] state = new long[2 * n];
        double residual = 0;
        for (int i = 0; i < n; i++)
        {
            double y = problem.Values[1][i];
            double bound = problem.Values[2][i] * problem.Number(3);
            var row = problem.Values[0].AsSpan(i * p, p);
            double excess = (y * (Lanes.Dot(row, w) + intercept)) - 1;
            double force = Math.Abs(excess) / (1 + (Math.Abs(y) * ((Math.Sqrt(Lanes.Dot(row, row)) * length) + Math.Abs(intercept))));
            double low = alpha[i] / Math.Min(bound, largest);
            double high = (bound - alpha[i]) / bound;
            if (Math.Max(Math.Min(low, high), force) <= _near)
            {
                return null;
            }

            (state[i], state[n + i]) = (alpha[i] == 0 ? 1 : 0, alpha[i] == bound ? 1 : 0);
            residual = Math.Max(residual, alpha[i] == 0 ? -excess : alpha[i] == bound ? excess : Math.Abs(excess));
        }

        return new Solution([w, [intercept], alpha], state) { Residual = residual };
    }
}
