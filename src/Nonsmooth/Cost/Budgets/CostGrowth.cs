using System.Globalization;

namespace Nonsmooth.Cost;

/// <summary>One figure of a report against its budget.</summary>
/// <param name="Figure">What was counted, in words.</param>
/// <param name="Budget">How much is allowed.</param>
/// <param name="Actual">How much it is now.</param>
public sealed record CostGrowth(string Figure, double Budget, double Actual)
{
    /// <summary>The growth as a fraction of the budget; infinite if nothing was allowed, 0 if nothing changed.</summary>
    public double Fraction => Actual == Budget ? 0 : (Actual - Budget) / Budget;

    /// <summary>For example <c>saved words 100 → 105 (+5 %)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Figure} {Budget:#,0.####} → {Actual:#,0.####}{(Budget == 0 ? "" : $" (+{100 * Fraction:0.##} %)")}");

    // Counts below 2^53 are exact here; the product is rounded once, so a growth of exactly the tolerance counts as reached.
    internal bool Reaches(double tolerance) => Actual > Budget && (decimal)Actual - (decimal)Budget >= (decimal)tolerance * (decimal)Budget;
}
