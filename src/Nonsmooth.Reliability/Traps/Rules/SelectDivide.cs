namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>1/x behind a mask that guards the value but not the slope.</summary>
internal sealed class SelectDivide() : SelectRule(
    SingularityKind.Quotient,
    new TrapKind("select-divide", "`where(y != 0, x / y, 0)`", "at y = 0 the derivative is 0 · ∞ = NaN", "`where(mask, f(where(mask, x, 1)), 0)`: the argument guarded as well"))
{
    /// <inheritdoc/>
    protected override string Mend(string argument) => $"Guard the argument too: apply the function to where(mask, {argument}, 1), inside the same select.";
}
