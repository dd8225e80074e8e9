using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The root of a variance without an epsilon.</summary>
internal sealed class StandardDeviation : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "standard-deviation",
        "`sqrt(mean(square(x - mean(x))))`",
        "where all elements are equal the derivative is 0 · ∞ = NaN",
        "`sqrt(variance + epsilon)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Unary<Sqrt> or Unary<PowConstant> { Rule.Exponent: > 0 and < 1 }
            && facts.Ranges[node.Arguments[0]].Reaches(0)
            && facts.Shapes.IsVariance(node.Arguments[0], out int whole)
            ? new(
                node.Results[0],
                $"the variance of {facts.Name(whole)} is 0 where its elements are equal, and the root's slope there is infinite",
                $"Write Sqrt({facts.Program.NameOf(node.Arguments[0])} + 1e-5).")
            : null;
    }

}
