using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A softmax or log-sum-exp of a line that a mask can make −∞ as a whole.</summary>
internal sealed class SoftmaxAllMasked : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "softmax-all-masked",
        "`softmax(where(mask, scores, -inf))`",
        "where a whole row is masked the value is NaN",
        "a large negative finite number instead of −∞, the row masked afterwards");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        if (node.Function is not (Softmax or LogSoftmax or LogSumExp) || !facts.Ranges[node.Arguments[0]].Infinite)
        {
            return null;
        }

        // A causal mask leaves every row its first column.
        var source = facts.Shapes.Maker(facts.Shapes.Bare(node.Arguments[0]));
        return source is { Function: Select } && facts.Shapes.Maker(facts.Shapes.Bare(source.Arguments[0])) is { Function: CausalMask }
            ? null
            : new(
                node.Results[0],
                $"{facts.Name(node.Arguments[0])} is -∞ in a whole row where all of it is masked",
                "Mask with a finite number such as -1e4, and mask the rows without any element afterwards.");
    }

}
