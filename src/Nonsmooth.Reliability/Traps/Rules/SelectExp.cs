namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>exp behind a mask that guards the value but not the slope.</summary>
internal sealed class SelectExp() : SelectRule(
    SingularityKind.Exponential,
    new TrapKind("select-exp", "`where(x < 0, exp(x), x + 1)`", "at x = 1000 the derivative is 0 · ∞ = NaN", "`exp(minimum(x, 0))` inside the branch"))
{
    /// <inheritdoc/>
    protected override string Mend(string argument) => $"Guard the argument too: apply the function to minimum({argument}, bound), inside the same select.";
}
