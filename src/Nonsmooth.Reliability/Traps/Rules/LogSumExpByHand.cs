using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The logarithm of a sum of exponentials.</summary>
internal sealed class LogSumExpByHand : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "log-sum-exp",
        "`log(sum(exp(x)))`",
        "it overflows from x = 89 on in f32 and is −∞ below −104; the derivative is NaN",
        "`x.LogSumExp(axes)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Unary<Log>
            && (facts.Ranges[node.Arguments[0]].Overflows || facts.Ranges[node.Arguments[0]].Reaches(0))
            && facts.Shapes.IsTotal(node.Arguments[0], out int terms) && facts.Shapes.Is<Exp>(terms, out int x)
            ? new(
                node.Results[0],
                $"the exponentials {facts.Name(terms)} overflow, or all underflow to 0",
                $"Write {facts.Program.NameOf(x)}.LogSumExp(…), which shifts by the maximum.")
            : null;
    }

}
