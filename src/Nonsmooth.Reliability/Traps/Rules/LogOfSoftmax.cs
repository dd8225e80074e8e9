using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The logarithm of a softmax.</summary>
internal sealed class LogOfSoftmax : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "log-of-softmax",
        "`log(softmax(x))`",
        "a probability underflows to 0: the value is −∞ and the derivative NaN",
        "`LogSoftmax(x)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Unary<Log> && facts.Ranges[node.Arguments[0]].Reaches(0)
            && facts.Shapes.Maker(facts.Shapes.Bare(node.Arguments[0])) is { Function: Softmax } softmax
            ? new(
                node.Results[0],
                $"{facts.Name(softmax.Results[0])} underflows to 0 where the logits are far apart",
                $"Write LogSoftmax({facts.Program.NameOf(softmax.Arguments[0])}).")
            : null;
    }

}
