using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A zero times a value that can be infinite: a mask that multiplies, a factor of ∞.</summary>
internal sealed class ZeroTimesInfinity : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "zero-times-infinity",
        "`mask * sqrt(x)` with a mask of 0 and 1, `(1 - mask) * -inf`",
        "where the mask is 0 the value or the derivative is 0 · ∞ = NaN",
        "`where(mask, …)` with a guarded argument; a large finite number for ∞");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        int value = node.Results[0];
        if (Singularity.Of(node) is { } at
            && (at.Kind == SingularityKind.Exponential ? facts.Ranges[value].Overflows : facts.Ranges[at.Argument].Contains(at.At))
            && facts.Guard(node, at.Argument, byProduct: true) is { } product)
        {
            return new(
                product,
                $"{facts.Name(product)} multiplies {facts.Name(value)} by a mask: 0 · ∞",
                $"Select instead of multiplying, and guard {facts.Name(at.Argument)} inside the select too.");
        }

        return IsZeroTimesInfinity(node, facts)
            ? new(value, $"{facts.Name(value)} multiplies 0 by an infinite constant", "Use a select, or a large finite number instead of infinity.")
            : null;
    }

    private static bool IsZeroTimesInfinity(Node node, ProgramFacts facts)
    {
        var ranges = node.Arguments.Select(a => facts.Ranges[a]).ToArray();
        return node.Function switch
        {
            Unary<MultiplyConstant> f => double.IsInfinity(facts.Options.Format.Round(f.Rule.Constant)) && ranges[0].Contains(0),
            Binary<Multiply> => (ranges[0].IsConstant && ranges[0].Infinite && ranges[1].Contains(0))
                || (ranges[1].IsConstant && ranges[1].Infinite && ranges[0].Contains(0)),
            _ => false,
        };
    }
}
