using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>Exponentials divided by their sum.</summary>
internal sealed class SoftmaxByHand : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "softmax-by-hand",
        "`exp(x) / sum(exp(x))`",
        "∞ / ∞ = NaN from x = 89 on in f32, 0 / 0 below −104",
        "`Softmax(x)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        if (node.Function is not Binary<Divide>)
        {
            return null;
        }

        var range = facts.Ranges[node.Arguments[1]];
        return (range.Overflows || range.ReachesZero)
            && facts.Shapes.Is<Exp>(node.Arguments[0], out int x)
            && facts.Shapes.IsTotal(node.Arguments[1], out int terms) && terms == facts.Shapes.Bare(node.Arguments[0])
            ? new(
                node.Results[0],
                $"the exponentials of {facts.Name(x)} overflow, or all underflow to 0",
                $"Write Softmax({facts.Program.NameOf(x)}), which shifts by the maximum.")
            : null;
    }

}
