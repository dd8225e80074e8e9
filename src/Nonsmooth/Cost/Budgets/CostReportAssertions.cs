namespace Nonsmooth.Cost;

/// <summary>Assertions for tests of one's own, in any test framework: they throw, or do nothing.</summary>
public static class CostReportAssertions
{
    /// <summary>Fails when a figure of the report has grown by the tolerance or more.</summary>
    /// <param name="report">What the program costs now.</param>
    /// <param name="budget">What it may cost: <see cref="CostBudget.Load"/>, or <see cref="CostBudget.Of"/> an earlier report.</param>
    /// <param name="tolerance">The growth at which it fails: 0.05 fails at +5 %; 0 at any growth.</param>
    /// <exception cref="CostBudgetException">Something grew; the message is one line that names it.</exception>
    /// <exception cref="NonsmoothException">The tolerance is negative or no finite number.</exception>
    public static void ShouldNotExceed(this CostReport report, CostBudget budget, double tolerance = 0)
    {
        var growth = budget.Growth(report, tolerance);
        if (growth.Count > 0)
        {
            throw new CostBudgetException(growth, tolerance);
        }
    }

    /// <summary>The same against a file of <see cref="CostBudget.Save"/>.</summary>
    /// <param name="report">What the program costs now.</param>
    /// <param name="path">The file.</param>
    /// <param name="tolerance">The growth at which it fails.</param>
    /// <exception cref="CostBudgetException">Something grew; the message is one line that names it.</exception>
    /// <exception cref="NonsmoothException">The file is missing or holds no budget, or the tolerance is unfit.</exception>
    public static void ShouldNotExceed(this CostReport report, string path, double tolerance = 0) =>
        report.ShouldNotExceed(CostBudget.Load(path), tolerance);
}
