using MathNet.Numerics;

namespace Nonsmooth.Reliability.Statistics;

/// <summary>The share of a finite population that has a property, from a sample of it without replacement.</summary>
public static class FinitePopulation
{
    /// <summary>
    /// Every share for which neither tail of the hypergeometric distribution at the sample is below half the risk: the counterpart
    /// of Clopper and Pearson's interval, and a point where the sample is the population.
    /// </summary>
    /// <param name="successes">Members of the sample with the property.</param>
    /// <param name="sample">Members drawn, each set of as many equally likely; at least 1.</param>
    /// <param name="population">All members.</param>
    /// <param name="risk">The probability of missing the truth, at most.</param>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public static Interval Interval(int successes, int sample, int population, double risk = 0.05)
    {
        Proportion.Check(risk);
        if (sample < 1 || sample > population || successes < 0 || successes > sample)
        {
            throw new NonsmoothException($"{successes} of a sample of {sample} of {population}: a sample has 1 to {population} members");
        }

        int low = Least(successes, sample, population, risk / 2);
        int high = population - Least(sample - successes, sample, population, risk / 2);
        return new Interval((double)low / population, (double)high / population);
    }

    /// <summary>The least number with the property for which as many successes or more are not too unlikely.</summary>
    private static int Least(int successes, int sample, int population, double risk)
    {
        // The tail grows with the number.
        var (excluded, kept) = (successes - 1, population - (sample - successes));
        while (kept - excluded > 1)
        {
            int middle = (excluded + kept) / 2;
            (excluded, kept) = AtLeast(successes, sample, population, middle) >= risk ? (excluded, middle) : (middle, kept);
        }

        return kept;
    }

    private static double AtLeast(int successes, int sample, int population, int with)
    {
        double sum = 0;
        for (int k = successes; k <= Math.Min(sample, with); k++)
        {
            if (sample - k <= population - with)
            {
                sum += Math.Exp(
                    SpecialFunctions.BinomialLn(with, k) + SpecialFunctions.BinomialLn(population - with, sample - k) - SpecialFunctions.BinomialLn(population, sample));
            }
        }

        return sum;
    }
}
