using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The inverse root of a variance without an epsilon.</summary>
internal sealed class VarianceWithoutEpsilon : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "variance-without-epsilon",
        "`(x - mean) * rsqrt(variance)`, a norm layer with ε = 0",
        "where all elements are equal the value is 0 · ∞ = NaN",
        "`rsqrt(variance + epsilon)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Unary<Rsqrt> or Unary<PowConstant> { Rule.Exponent: < 0 }
            && facts.Ranges[node.Arguments[0]].Reaches(0)
            && facts.Shapes.IsVariance(node.Arguments[0], out int whole)
            ? new(
                node.Results[0],
                $"the variance of {facts.Name(whole)} is 0 where its elements are equal, and so infinite its inverse root",
                $"Write Rsqrt({facts.Program.NameOf(node.Arguments[0])} + 1e-5).")
            : null;
    }

}
