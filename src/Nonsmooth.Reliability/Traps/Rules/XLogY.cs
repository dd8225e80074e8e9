using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A value times its own logarithm.</summary>
internal sealed class XLogY : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "xlogy",
        "`p * log(p)`: an entropy",
        "at p = 0 the value is 0 · −∞ = NaN",
        "`p * log(where(p > 0, p, 1))`; of a softmax `p * LogSoftmax(x)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Binary<Multiply> && Of(node.Arguments[0], node.Arguments[1], facts) is { } p
            ? new(
                node.Results[0],
                $"{facts.Name(p)} is multiplied by its own logarithm, which is -∞ where it is 0",
                $"Take the logarithm of Where({facts.Program.NameOf(p)} > 0, {facts.Program.NameOf(p)}, 1), or of logits by LogSoftmax.")
            : null;
    }

    private static int? Of(int left, int right, ProgramFacts facts) =>
        facts.Shapes.Is<Log>(right, out int p) && facts.Shapes.Bare(left) == p && facts.Ranges[p].Contains(0) ? p
        : facts.Shapes.Is<Log>(left, out p) && facts.Shapes.Bare(right) == p && facts.Ranges[p].Contains(0) ? p
        : null;
}
