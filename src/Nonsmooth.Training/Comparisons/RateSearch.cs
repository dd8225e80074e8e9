namespace Nonsmooth.Training.Comparisons;

/// <summary>One rate that was tried.</summary>
/// <param name="Eta">The long-run step.</param>
/// <param name="Rate">The learning rate that has it.</param>
/// <param name="Loss">The held-out loss at the end of the schedule; NaN where the run diverged.</param>
public readonly record struct RateTrial(double Eta, double Rate, double Loss);

/// <summary>Which η to try next: a pure function of those that were tried, and the same for every contender.</summary>
/// <remarks>
/// The default first, then a factor above and below it. After that, where the best one is the highest or the lowest, a factor
/// beyond it; else the geometric middle of the wider gap beside the best, of equal gaps the one with the better neighbour. A run that diverged is
/// worse than any that did not; where all did, a factor below the lowest.
/// </remarks>
public static class RateSearch
{
    /// <summary>The next η.</summary>
    /// <param name="tried">What was tried, in any order.</param>
    /// <param name="start">The default.</param>
    /// <param name="factor">Above 1.</param>
    public static double Next(IReadOnlyList<RateTrial> tried, double start, double factor)
    {
        if (tried.Count < 3)
        {
            return tried.Count switch { 0 => start, 1 => start * factor, _ => start / factor };
        }

        RateTrial[] sorted = [.. tried.OrderBy(t => t.Eta)];
        int best = Best(sorted);
        if (best <= 0)
        {
            return sorted[0].Eta / factor;
        }

        if (best == sorted.Length - 1)
        {
            return sorted[best].Eta * factor;
        }

        double below = Math.Log(sorted[best].Eta / sorted[best - 1].Eta);
        double above = Math.Log(sorted[best + 1].Eta / sorted[best].Eta);
        bool up = Math.Abs(above - below) > 1e-9 ? above > below : Value(sorted[best + 1]) < Value(sorted[best - 1]);
        return Math.Sqrt(sorted[best].Eta * sorted[best + (up ? 1 : -1)].Eta);
    }

    /// <summary>The best one that did not diverge, of equals the lowest; null where there is none.</summary>
    public static RateTrial? Choose(IReadOnlyList<RateTrial> tried)
    {
        RateTrial[] sorted = [.. tried.OrderBy(t => t.Eta)];
        return Best(sorted) is >= 0 and int best ? sorted[best] : null;
    }

    /// <summary>Whether the best one is the highest or the lowest: a better one may lie beyond.</summary>
    public static bool IsAtEdge(IReadOnlyList<RateTrial> tried) =>
        Choose(tried) is { } best && (tried.All(t => t.Eta <= best.Eta) || tried.All(t => t.Eta >= best.Eta));

    private static int Best(RateTrial[] sorted)
    {
        int best = -1;
        for (int i = 0; i < sorted.Length; i++)
        {
            best = double.IsFinite(sorted[i].Loss) && (best < 0 || sorted[i].Loss < sorted[best].Loss) ? i : best;
        }

        return best;
    }

    private static double Value(RateTrial trial) => double.IsFinite(trial.Loss) ? trial.Loss : double.PositiveInfinity;
}
