using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The root of a sum of two squares.</summary>
internal sealed class Hypot : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "hypot",
        "`sqrt(a * a + b * b)`",
        "at a = b = 0 the derivative is 0 · ∞ = NaN",
        "`sqrt(a * a + b * b + epsilon)`, or the norm of both in one tensor");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Unary<Sqrt> or Unary<PowConstant> { Rule.Exponent: 0.5 }
            && facts.Ranges[node.Arguments[0]].Reaches(0)
            && facts.Shapes.IsPair<Add>(node.Arguments[0], out int left, out int right)
            && facts.Shapes.IsSquare(left, out int a) && facts.Shapes.IsSquare(right, out int b)
            ? new(
                node.Results[0],
                $"{facts.Name(node.Arguments[0])} is 0 where {facts.Name(a)} and {facts.Name(b)} are, and the root's slope there is infinite",
                "Add an epsilon inside the root, or take Norm(2) of both in one tensor.")
            : null;
    }

}
