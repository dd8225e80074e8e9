using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A singular function in a branch of a select, unguarded where the branch is not taken.</summary>
/// <remarks>The branch not taken gets the cotangent 0, and 0 times the infinite slope is NaN.</remarks>
internal abstract class SelectRule(SingularityKind singularity, TrapKind kind) : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind => kind;

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        if (Singularity.Of(node) is not { } at || at.Kind != singularity)
        {
            return null;
        }

        bool bad = at.Kind == SingularityKind.Exponential
            ? facts.Ranges[node.Results[0]].Overflows
            : facts.Ranges[at.Argument].Contains(at.At);
        return bad && facts.Guard(node, at.Argument, byProduct: false) is { } select
            ? new Finding(
                select,
                $"the branch of {facts.Name(select)} that is not taken has slope 0 times the infinite slope of {node.Function.Name}({facts.Program.NameOf(at.Argument)})",
                Mend(facts.Program.NameOf(facts.Shapes.Bare(at.Argument))))
            : null;
    }

    /// <summary>What to write instead.</summary>
    protected abstract string Mend(string argument);
}
