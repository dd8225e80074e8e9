using MathNet.Numerics;

namespace Nonsmooth.Reliability.Statistics;

/// <summary>The binomial distributions of one number of trials. Not thread-safe: results are valid until the next call.</summary>
internal sealed class BinomialTable
{
    private readonly double[] _logarithms;
    private readonly double[] _masses;

    public BinomialTable(int trials)
    {
        Trials = trials;
        _masses = new double[trials + 1];
        _logarithms = new double[trials + 1];
        for (int k = 0; k <= trials; k++)
        {
            _logarithms[k] = SpecialFunctions.FactorialLn(trials) - SpecialFunctions.FactorialLn(k) - SpecialFunctions.FactorialLn(trials - k);
        }
    }

    public int Trials { get; }

    /// <summary>The probability of each number of successes.</summary>
    /// <param name="p">The probability of one; outside [0, 1] the nearer end.</param>
    public double[] Masses(double p)
    {
        p = Math.Clamp(p, 0, 1);
        var (log, other) = (Math.Log(p), Math.Log(1 - p));
        for (int k = 0; k <= Trials; k++)
        {
            // 0 · log 0 is 0 here.
            double logarithm = _logarithms[k] + (k == 0 ? 0 : k * log) + (k == Trials ? 0 : (Trials - k) * other);
            _masses[k] = logarithm < -745 ? 0 : Math.Exp(logarithm);
        }

        return _masses;
    }

    /// <summary>The probability of at most each number of successes.</summary>
    public double[] Cumulative(double p)
    {
        double[] sums = Masses(p);
        for (int k = 1; k <= Trials; k++)
        {
            sums[k] = Math.Min(1, sums[k] + sums[k - 1]);
        }

        return sums;
    }
}
