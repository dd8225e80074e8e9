namespace Nonsmooth.Reliability.Divergence;

/// <summary>Where two runs part.</summary>
/// <param name="Compared">Nodes that both programs have.</param>
/// <param name="OnlyInFirst">Nodes that the second program lacks.</param>
/// <param name="OnlyInSecond">Nodes that the first program lacks.</param>
/// <param name="Diverged">The first nodes whose results differ, in the order of the first program.</param>
/// <remarks>
/// The first of <see cref="Diverged"/> is where the difference starts: everything before it is the same. Where a node is
/// in one program only, the difference may start there: it is named beside.
/// </remarks>
public sealed record DivergenceReport(
    int Compared, IReadOnlyList<string> OnlyInFirst, IReadOnlyList<string> OnlyInSecond, IReadOnlyList<DivergedNode> Diverged)
{
    /// <summary>The first node that differs; null where none does.</summary>
    public DivergedNode? First => Diverged.Count > 0 ? Diverged[0] : null;

    /// <summary>The first node with a decision that differs; null where none of those listed is one.</summary>
    public DivergedNode? FirstDecision => Diverged.FirstOrDefault(d => d.Decides);
}
