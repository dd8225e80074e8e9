using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A power of a value that can be 0.</summary>
internal sealed class PowAtZero : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "pow-at-zero",
        "`pow(x * x, 0.3)`, `pow(relu(x), y)`",
        "the slope in the base is ∞ at 0 for exponents below 1, that in the exponent 0 · log 0 = NaN",
        "`pow(x + epsilon, p)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Unary<PowConstant> { Rule.Exponent: < 1 and not 0 } or Binary<Pow> && facts.Ranges[node.Arguments[0]].Reaches(0)
            ? new(
                node.Results[0],
                $"the base {facts.Name(node.Arguments[0])} can be 0",
                $"Add an epsilon to the base: Pow({facts.Program.NameOf(facts.Shapes.Bare(node.Arguments[0]))} + 1e-6, …).")
            : null;
    }

}
