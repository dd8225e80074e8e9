using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>log(1 + eˣ) written out.</summary>
internal sealed class SoftplusByHand : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "softplus-by-hand",
        "`log(1 + exp(x))`, `log1p(exp(x))`",
        "it overflows from x = 89 on in f32: the value is ∞ and the derivative 0 · ∞ = NaN",
        "`Softplus(x)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        int x = -1;
        bool found = facts.Ranges[node.Results[0]].Overflows && (
            (node.Function is Unary<LogP1> && facts.Shapes.Is<Exp>(node.Arguments[0], out x))
            || (node.Function is Unary<Log> && facts.Shapes.Is<AddConstant>(node.Arguments[0], out int e) && facts.Shapes.Is<Exp>(e, out x)));
        return found
            ? new(node.Results[0], $"the exponential of {facts.Name(x)} overflows", $"Write Softplus({facts.Program.NameOf(x)}).")
            : null;
    }

}
