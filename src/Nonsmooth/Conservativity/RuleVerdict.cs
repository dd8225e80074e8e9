using Nonsmooth.Selections;

namespace Nonsmooth.Conservativity;

/// <summary>What was found about a rule.</summary>
/// <param name="Label">What the rule is.</param>
/// <param name="Proof">The theorem that makes it conservative; null where it was only tested.</param>
/// <param name="Defect">Where it is not: the witness; null where none was found.</param>
/// <param name="Points">Points at which the projection formula was compared.</param>
/// <param name="Loops">Loops that were integrated.</param>
/// <param name="Unsettled">Points and loops that said nothing: differences without a limit, integrals without enough digits.</param>
/// <param name="Largest">The largest gap that was put down to rounding, as a share of the allowance for it.</param>
public sealed record RuleVerdict(
    RuleLabel Label, string? Proof, RuleDefect? Defect, int Points, int Loops, int Unsettled, double Largest)
{
    /// <summary>Why not all trials were made (their time was over); null where they were. What no theorem covers is then <see cref="RuleLabel.Untested"/>.</summary>
    public string? Over { get; init; }

    /// <summary>Whether the label rests on a theorem; else on trials, which can refute but not prove.</summary>
    public bool IsProved => Proof is not null && Label == RuleLabel.Conservative;

    /// <summary>The verdict in words, with what it rests on.</summary>
    public override string ToString() => Label switch
    {
        RuleLabel.Conservative => IsProved
            ? $"conservative: {Proof} (tested at {Points} points and along {Loops} loops)"
            : $"conservative as far as tested: {Points} points and {Loops} loops without a defect",
        RuleLabel.NotConservative => $"not conservative: {Defect}",
        RuleLabel.NoField => $"no rule is conservative: {Defect?.ToString() ?? "the function is discontinuous by its definition; no jump was met"}",
        _ => $"cannot tell: {(Over is null ? "" : $"{Over}; ")}{Unsettled} trials said nothing, {Points} points and {Loops} loops found no defect",
    };
}
