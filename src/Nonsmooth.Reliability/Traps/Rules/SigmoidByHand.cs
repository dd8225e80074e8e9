using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The inverse of a sum with an exponential.</summary>
internal sealed class SigmoidByHand : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "sigmoid-by-hand",
        "`1 / (1 + exp(-x))`",
        "where the exponential overflows the derivative is 0 · ∞ = NaN",
        "`Sigmoid(x)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return Singularity.Of(node) is { Kind: SingularityKind.Quotient } at
            && facts.Ranges[at.Argument].Overflows && facts.Shapes.HasExponential(at.Argument)
            ? new(
                node.Results[0],
                $"{facts.Name(at.Argument)} overflows with its exponential: its inverse is 0 and that one's slope infinite",
                "Write Sigmoid(x), or keep the exponential's argument from being large.")
            : null;
    }

}
