using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>An epsilon that the format rounds away.</summary>
internal sealed class EpsilonLost : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "epsilon-lost",
        "`rsqrt(variance + 1e-8)` in 16 bits, `log(1 - clamp(p, 1e-8, 1 - 1e-8))` in 32",
        "the guard is 0 in the format (1e-8 in f16) or absorbed (1 - 1e-8 is 1 in f32): the singularity is back",
        "an epsilon that the format has: 1e-5, 1e-3 in f16; `log1p(-p)`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return Singularity.Of(node) is { } at && at.IsReached(facts.Ranges) && !at.IsReached(facts.Exact)
            ? new(
                node.Results[0],
                $"the epsilon that keeps {facts.Name(at.Argument)} away from where {node.Function.Name} is singular is lost when rounded to {facts.Options.Format.Name}",
                $"Use an epsilon that {facts.Options.Format.Name} has, where it is added: its smallest number is {facts.Options.Format.Smallest.ToString("G2", System.Globalization.CultureInfo.InvariantCulture)}.")
            : null;
    }

}
