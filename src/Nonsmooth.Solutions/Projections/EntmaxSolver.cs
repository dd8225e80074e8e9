namespace Nonsmooth.Solutions;

/// <summary>The threshold τ of α-entmax, for which Σ max(0, (α − 1)z_i − τ)^{1/(α−1)} is 1.</summary>
internal static class EntmaxSolver
{
    private const int _most = 400;

    /// <summary>(α − 1)z − τ, and how many steps it took.</summary>
    public static (double[] Excess, int Steps) Excess(double[] z, double alpha)
    {
        double[] scaled = Array.ConvertAll(z, v => (alpha - 1) * v);
        double largest = scaled.Max();
        double[] below = Array.ConvertAll(scaled, v => v - largest);
        var (threshold, steps) = alpha == 2 ? (Threshold.Of(below, 1), 1)
            : alpha == 1.5 ? (Quadratic(below), 1)
            : Newton(below, 1 / (alpha - 1));
        return (Array.ConvertAll(below, v => v - threshold), steps);
    }

    // On a support of the k largest, Σ(v − τ)² = 1 is a quadratic equation (Peters et al., 2019, algorithm 2).
    private static double Quadratic(double[] numbers)
    {
        double mean = 0;
        double spread = 0;
        double threshold = double.NegativeInfinity;
        int count = 0;
        foreach (double v in numbers.OrderDescending())
        {
            count++;
            double step = v - mean;
            mean += step / count;
            spread += step * (v - mean);
            double next = mean - Math.Sqrt(Math.Max(0, (1 - spread) / count));
            if (spread > 1 || next > v)
            {
                break;
            }

            threshold = next;
        }

        return threshold;
    }

    // The sum falls in τ and is convex: from the left Newton's steps do not overshoot; where they are slow, at large powers, the bracket is halved.
    private static (double Threshold, int Steps) Newton(double[] numbers, double power)
    {
        double low = -1;
        double high = -Math.Pow(numbers.Length, -1 / power);
        double at = low;
        for (int step = 1; step <= _most; step++)
        {
            double sum = 0;
            double slope = 0;
            foreach (double v in numbers)
            {
                if (v > at)
                {
                    double raised = Math.Pow(v - at, power - 1);
                    sum += raised * (v - at);
                    slope += power * raised;
                }
            }

            (low, high) = sum >= 1 ? (Math.Max(low, at), high) : (low, Math.Min(high, at));
            double next = at + ((sum - 1) / slope);
            double tried = next >= low && next <= high && step % 4 != 0 ? next : low + ((high - low) / 2);
            if (Math.Abs(next - at) <= 2e-16 || high - low <= 1e-16)
            {
                return (next >= low && next <= high ? next : at, step);
            }

            at = tried;
        }

        return (at, _most);
    }
}
