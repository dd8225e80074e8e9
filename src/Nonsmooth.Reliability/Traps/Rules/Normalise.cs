using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A vector divided by its own norm.</summary>
internal sealed class Normalise : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "normalise",
        "`x / norm(x)`, `x * rsqrt(sum(x * x))`",
        "at the zero vector the value is 0 / 0 = NaN",
        "`x * rsqrt(sum(x * x) + epsilon)` with an epsilon like 1e-6");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        int? vector = node.Function switch
        {
            Binary<Divide> when facts.Ranges[node.Arguments[1]].ReachesZero && facts.Shapes.IsNorm(node.Arguments[1], out int v)
                && v == facts.Shapes.Bare(node.Arguments[0]) => v,
            Unary<Rsqrt> when facts.Ranges[node.Arguments[0]].ReachesZero && facts.Shapes.IsSumOfSquares(node.Arguments[0], out int v) => v,
            _ => null,
        };
        return vector is { } x
            ? new(
                node.Results[0],
                $"{facts.Name(x)} is divided by its norm, which is 0 at the zero vector",
                $"Write {facts.Program.NameOf(x)} * Rsqrt((squares' sum) + 1e-6): value and derivative stay bounded.")
            : null;
    }

}
