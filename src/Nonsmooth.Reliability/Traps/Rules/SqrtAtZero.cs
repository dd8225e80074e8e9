using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The square root of a value that can be 0.</summary>
internal sealed class SqrtAtZero : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "sqrt-at-zero",
        "`sqrt(x * x)`, `sqrt(1 - tanh(x)²)`",
        "the slope is ∞ at 0, NaN with an inner slope of 0, and NaN below",
        "`sqrt(x + epsilon)`; `Abs(x)` for `sqrt(x * x)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Unary<Sqrt> && facts.Ranges[node.Arguments[0]].Reaches(0)
            ? new(
                node.Results[0],
                $"{facts.Name(node.Arguments[0])} can be 0, where the root's slope is infinite",
                facts.Shapes.IsSquare(node.Arguments[0], out int x)
                    ? $"Write Abs({facts.Program.NameOf(x)})."
                    : $"Write Sqrt({facts.Program.NameOf(facts.Shapes.Bare(node.Arguments[0]))} + 1e-6).")
            : null;
    }

}
