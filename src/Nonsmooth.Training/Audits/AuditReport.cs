using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Blame;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Reliability.Zones;

namespace Nonsmooth.Training.Audits;

/// <summary>What an audit found.</summary>
/// <param name="Sites">Every node that is not differentiable everywhere, in the program's order.</param>
/// <param name="Choices">The choices that some node makes, with what each does.</param>
/// <param name="Batches">Batches of each draw that were looked at.</param>
public sealed record AuditReport(IReadOnlyList<KinkSite> Sites, IReadOnlyList<ChoiceAudit> Choices, int Batches)
{
    /// <summary>Whether it was stopped before its end.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Kinks, or functions that may have some, at which nobody can choose otherwise: no audit says whether the gradient depends on them.</summary>
    public IReadOnlyList<KinkSite> Fixed => [.. Sites.Where(s => s.IsFixed)];

    /// <summary>Whether the objective is differentiable everywhere: no choice is made.</summary>
    public bool IsSmooth => Sites.Count == 0;
}

/// <summary>What one choice does to the gradient.</summary>
/// <param name="Choice">The choice.</param>
/// <param name="Sites">The nodes that make it.</param>
/// <param name="Formats">One result a format.</param>
public sealed record ChoiceAudit(AuditChoice Choice, IReadOnlyList<KinkSite> Sites, IReadOnlyList<FormatAudit> Formats);

/// <summary>What one choice does to the gradient in one format.</summary>
/// <param name="Precision">The format.</param>
/// <param name="Zones">The zones over draws and batches.</param>
/// <param name="Blame">What each node does alone, on pairs that bifurcate; empty where none does or none was asked for.</param>
public sealed record FormatAudit(Precision Precision, ZoneReport Zones, IReadOnlyList<SiteBlame> Blame);
