namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>log behind a mask that guards the value but not the slope.</summary>
internal sealed class SelectLog() : SelectRule(
    SingularityKind.Logarithm,
    new TrapKind("select-log", "`where(x > 0, log(x), 0)`", "at x = 0 the derivative is 0 · ∞ = NaN", "`where(mask, f(where(mask, x, 1)), 0)`: the argument guarded as well"))
{
    /// <inheritdoc/>
    protected override string Mend(string argument) => $"Guard the argument too: apply the function to where(mask, {argument}, 1), inside the same select.";
}
