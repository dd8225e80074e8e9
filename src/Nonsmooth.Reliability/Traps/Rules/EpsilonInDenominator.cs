using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A quotient kept finite by a tiny epsilon.</summary>
internal sealed class EpsilonInDenominator : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "epsilon-in-denominator",
        "`x / clamp(norm(x), 1e-12, ∞)`, `x / (norm(x) + 1e-12)`",
        "the value is safe, but the derivative at 0 is 1/ε = 1e12",
        "`x * rsqrt(sum(x * x) + 1e-6)`: the epsilon inside the root, and not tiny");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        if (Singularity.Of(node) is not { Kind: SingularityKind.Quotient } at || facts.Ranges[at.Argument].Low is not (> 0 and var low))
        {
            return null;
        }

        double smallest = node.Function is Unary<Rsqrt> ? Math.Sqrt(low) : low;
        return smallest * facts.Options.LargestSlope <= 1
            ? new(
                node.Function is Binary<Divide> ? node.Results[0] : facts.Product(node.Results[0]),
                $"the divisor {facts.Name(at.Argument)} can be as small as its epsilon, whose inverse is the slope",
                "Use an epsilon of 1e-6 or more; in a norm add it to the squares' sum.") { Large = true, At = low }
            : null;
    }

}
