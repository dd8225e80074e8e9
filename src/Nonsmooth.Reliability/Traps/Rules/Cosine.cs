using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A dot product divided by the product of two norms.</summary>
internal sealed class Cosine : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "cosine",
        "`dot(a, b) / (norm(a) * norm(b))`, also with 1e-8 as the smallest divisor",
        "at a zero vector the value is NaN, or the derivative of the order of 1/ε",
        "normalise each vector by `rsqrt(sum(a * a) + 1e-6)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        if (node.Function is not Binary<Divide>)
        {
            return null;
        }

        var range = facts.Ranges[node.Arguments[1]];
        int divisor = facts.Shapes.Bare(node.Arguments[1]);
        while (facts.Shapes.Is<Clamp>(divisor, out int inner) || facts.Shapes.Is<AddConstant>(divisor, out inner))
        {
            divisor = inner;
        }

        bool small = range.Low > 0 && range.Low * facts.Options.LargestSlope <= 1;
        return facts.Shapes.IsPair<Multiply>(divisor, out int left, out int right)
            && facts.Shapes.IsNorm(left, out int a) && facts.Shapes.IsNorm(right, out int b)
            && (range.ReachesZero || small)
            ? new(
                node.Results[0],
                $"the norms of {facts.Name(a)} and {facts.Name(b)} divide, and either can be 0",
                "Normalise each vector by Rsqrt of its squares' sum plus 1e-6 before the dot product.") { Large = small }
            : null;
    }

}
