using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A quotient of values that both overflow by an exponential.</summary>
internal sealed class ExpOverflow : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "exp-overflow",
        "`(exp(x) - exp(-x)) / (exp(x) + exp(-x))`",
        "∞ / ∞ = NaN",
        "the function itself (`Tanh(x)`), or exponentials of arguments that are not positive");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Binary<Divide> && facts.Ranges[node.Arguments[0]].Overflows && facts.Ranges[node.Arguments[1]].Overflows
            ? new(
                node.Results[0],
                $"{facts.Name(node.Arguments[0])} and {facts.Name(node.Arguments[1])} both overflow with their exponentials",
                "Divide both by the larger exponential, or use the function itself (Tanh, Sigmoid, Softmax).")
            : null;
    }

}
