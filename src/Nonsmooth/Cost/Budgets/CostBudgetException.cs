using System.Globalization;

namespace Nonsmooth.Cost;

/// <summary>A program costs more than its budget.</summary>
public sealed class CostBudgetException : NonsmoothException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="growth">What grew, at least one figure.</param>
    /// <param name="tolerance">The growth that was too much.</param>
    public CostBudgetException(IReadOnlyList<CostGrowth> growth, double tolerance)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"the cost grew{(tolerance == 0 ? "" : $" by {100 * tolerance:0.##} % or more")}: {string.Join("; ", growth)}; make it cheaper, or save a new budget if this is meant"))
    {
        Growth = growth;
    }

    /// <summary>What grew.</summary>
    public IReadOnlyList<CostGrowth> Growth { get; }
}
