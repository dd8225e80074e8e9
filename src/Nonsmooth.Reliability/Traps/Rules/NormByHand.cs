using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A 2-norm written as the root of a sum of squares.</summary>
internal sealed class NormByHand : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "norm-by-hand",
        "`sqrt(sum(x * x))`",
        "at the zero vector the derivative is 0 · ∞ = NaN",
        "`x.Norm(2)`, whose derivative at 0 is a selection, or `sqrt(sum(x * x) + epsilon)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Unary<Sqrt> or Unary<PowConstant> { Rule.Exponent: 0.5 }
            && facts.Ranges[node.Arguments[0]].Reaches(0)
            && facts.Shapes.IsSumOfSquares(node.Arguments[0], out int vector)
            ? new(
                node.Results[0],
                $"{facts.Name(node.Arguments[0])} is 0 at the zero vector, where the root's slope is infinite and that of the squares 0",
                $"Write {facts.Program.NameOf(vector)}.Norm(2, …), whose derivative at 0 is selected, or add an epsilon inside the root.")
            : null;
    }

}
