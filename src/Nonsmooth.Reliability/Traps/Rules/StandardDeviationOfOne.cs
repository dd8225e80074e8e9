using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>The standard deviation of a single element, always 0.</summary>
internal sealed class StandardDeviationOfOne : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "standard-deviation-of-one",
        "`sqrt(mean(square(x - mean(x))))` over an axis of size 1",
        "the variance is 0 whatever x is: the derivative is NaN everywhere",
        "leave the axis out, or add an epsilon inside the root");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return Singularity.Of(node) is { Kind: SingularityKind.Root or SingularityKind.Quotient } at
            && at.IsReached(facts.Ranges)
            && facts.Shapes.IsVariance(at.Argument, out int whole)
            && facts.Program.Types[whole].Shape.Count64 == facts.Program.Types[facts.Shapes.Bare(at.Argument)].Shape.Count64
            ? new(
                node.Results[0],
                $"the deviation of {facts.Name(whole)} is taken over one element, so its variance is always 0",
                $"Take it over an axis with more than one element, or add an epsilon to {facts.Name(at.Argument)}.")
            : null;
    }

}
