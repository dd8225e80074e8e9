using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The logarithm of a sigmoid, or of 1 less a sigmoid.</summary>
internal sealed class LogOfSigmoid : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "log-of-sigmoid",
        "`log(sigmoid(x))`, `log(1 - sigmoid(x))`",
        "the sigmoid underflows to 0 or rounds to 1: −∞, and the derivative NaN",
        "`-Softplus(-x)`, `-Softplus(x)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        if (Singularity.Of(node) is not { Kind: SingularityKind.Logarithm } at || !at.IsReached(facts.Ranges))
        {
            return null;
        }

        var shapes = facts.Shapes;
        bool complement = shapes.Is<AddConstant>(at.Argument, out int negated) && shapes.Is<Negate>(negated, out _);
        int sigmoid = complement && shapes.Is<Negate>(negated, out int inner) ? inner
            : shapes.Is<Negate>(at.Argument, out inner) && node.Function is Unary<LogP1> ? inner
            : at.Argument;
        bool upper = sigmoid != at.Argument;
        return shapes.Is<Sigmoid>(sigmoid, out int x)
            ? new(
                node.Results[0],
                $"{facts.Name(shapes.Bare(sigmoid))} {(upper ? "rounds to 1" : "underflows to 0")}",
                upper ? $"Write -Softplus({facts.Program.NameOf(x)})." : $"Write -Softplus(-{facts.Program.NameOf(x)}).")
            : null;
    }

}
