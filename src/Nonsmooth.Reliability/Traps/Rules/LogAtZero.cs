using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The logarithm of a value that can be 0.</summary>
internal sealed class LogAtZero : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "log-at-zero",
        "`log(relu(x))`, `log(clamp(p, 0, 1))`, `log(1 - tanh(x)²)`",
        "the value is −∞ and the derivative ∞ or NaN",
        "`log(x + epsilon)` with an epsilon like 1e-6, or a form without the logarithm of 0");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return Singularity.Of(node) is { Kind: SingularityKind.Logarithm } at && at.IsReached(facts.Ranges)
            ? new(
                node.Results[0],
                $"{facts.Name(at.Argument)} can be {at.At.ToString(System.Globalization.CultureInfo.InvariantCulture)}, where the logarithm is -∞",
                facts.Shapes.Is<Exp>(at.Argument, out int x)
                    ? $"Write {facts.Program.NameOf(x)} itself."
                    : $"Keep it away: {node.Function.Name}({facts.Program.NameOf(facts.Shapes.Bare(at.Argument))} + 1e-6).")
            : null;
    }

}
