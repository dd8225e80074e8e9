namespace Nonsmooth.Reliability.Statistics;

/// <summary>The mean of independent, identically distributed numbers in [0, 1]: shares of draws, whose batches are not independent.</summary>
/// <remarks>
/// <para>
/// Nothing is supposed of the distribution, and the number of draws may be small. A mean is excluded where one of two tests rejects it,
/// each at a quarter of the risk on each side.
/// </para>
/// <para>
/// The first is for draws that are all or nothing: of all such sums with a given mean, a binomial one is the largest in convex
/// order (Hoeffding 1963), so P(S ≥ s) ≤ min over t &lt; s of E(B − t)₊ / (s − t) with B binomial (Pinelis, Bentkus
/// 2004). The second, for shares that are much alike, is a bet: if the mean is m, Π(1 − c + c·x/m) is an average of 1 for
/// every c in [0, 1], so is its mixture over c, and by Markov's inequality it exceeds 1/p with probability p at most
/// (Waudby-Smith and Ramdas 2024). Neither depends on the order of the draws.
/// </para>
/// </remarks>
public static class BoundedMean
{
    private const int _bisections = 26;
    private const int _bets = 16;

    /// <summary>An interval of the mean.</summary>
    /// <param name="values">One number a draw, in [0, 1]; at least one.</param>
    /// <param name="risk">The probability of missing the truth, at most.</param>
    /// <exception cref="NonsmoothException">There is no number, or one outside [0, 1], or NaN.</exception>
    public static Interval Interval(IReadOnlyList<double> values, double risk = 0.05)
    {
        Proportion.Check(risk);
        if (values.Count == 0 || values.Any(v => !(v >= 0 && v <= 1)))
        {
            throw new NonsmoothException("an interval of a mean of shares takes at least one, each between 0 and 1");
        }

        return new Interval(Least(values, risk / 2), 1 - Least([.. values.Select(v => 1 - v)], risk / 2));
    }

    /// <summary>Whether the interval has a mean in it, without its other end being looked for.</summary>
    internal static bool Contains(IReadOnlyList<double> values, double mean, double risk = 0.05) =>
        !new Side(values).Excludes(mean, risk / 2) && !new Side([.. values.Select(v => 1 - v)]).Excludes(1 - mean, risk / 2);

    private static double Least(IReadOnlyList<double> values, double risk)
    {
        var side = new Side(values);
        var (excluded, kept) = (0.0, values.Average());
        for (int i = 0; i < _bisections && kept > excluded; i++)
        {
            double middle = (excluded + kept) / 2;
            (excluded, kept) = side.Excludes(middle, risk) ? (middle, kept) : (excluded, middle);
        }

        return excluded;
    }

    /// <summary>The numbers, to tell which means are too small for them.</summary>
    private sealed class Side(IReadOnlyList<double> values)
    {
        private readonly List<(double Value, int Count)> _counts = [.. values.GroupBy(v => v).Select(g => (Value: g.Key, Count: g.Count()))];
        private readonly double _sum = values.Sum();
        private readonly BinomialTable _binomial = new(values.Count);

        public bool Excludes(double mean, double risk) =>
            mean < _sum / _binomial.Trials
            && (mean <= 0 || ConvexTail(_binomial, mean, _sum) <= risk / 2 || LogBet(_counts, mean) >= -Math.Log(risk / 2));
    }

    /// <summary>min over t &lt; s of E(B − t)₊ / (s − t): it grows with the mean.</summary>
    private static double ConvexTail(BinomialTable binomial, double mean, double sum)
    {
        double[] masses = binomial.Masses(mean);
        double best = 1;
        double expected = 0;
        double above = 0;
        for (int t = binomial.Trials - 1; t >= 0; t--)
        {
            above += masses[t + 1];
            expected += above;
            if (t < sum)
            {
                best = Math.Min(best, expected / (sum - t));
            }
        }

        return best;
    }

    /// <summary>The logarithm of the mixture, half of it on c = 1: it falls as the mean grows.</summary>
    private static double LogBet(List<(double Value, int Count)> counts, double mean)
    {
        Span<double> logs = stackalloc double[_bets + 1];
        for (int b = 0; b <= _bets; b++)
        {
            double c = b == _bets ? 1 : (b + 0.5) / _bets;
            double log = b == _bets ? Math.Log(0.5) : Math.Log(0.5 / _bets);
            foreach (var (value, count) in counts)
            {
                log += count * Math.Log(1 - c + (c * value / mean));
            }

            logs[b] = log;
        }

        double largest = double.NegativeInfinity;
        foreach (double log in logs)
        {
            largest = Math.Max(largest, log);
        }

        double scaled = 0;
        foreach (double log in logs)
        {
            scaled += Math.Exp(log - largest);
        }

        return double.IsNegativeInfinity(largest) ? largest : largest + Math.Log(scaled);
    }
}
