using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A quotient whose divisor can be 0.</summary>
internal sealed class DivisionByZero : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "division-by-zero",
        "`x / relu(y)`, `x / sum(mask)`, `rsqrt(x * x)`",
        "the value is ±∞ or NaN",
        "`x / (y + epsilon)` or `x / clamp(y, epsilon, ∞)`, the epsilon not tiny");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return Singularity.Of(node) is { Kind: SingularityKind.Quotient } at && at.IsReached(facts.Ranges)
            ? new(
                node.Results[0],
                $"the divisor {facts.Name(at.Argument)} can be 0",
                $"Add an epsilon to {facts.Name(facts.Shapes.Bare(at.Argument))}, such as 1e-5, or clamp it from below.")
            : null;
    }

}
