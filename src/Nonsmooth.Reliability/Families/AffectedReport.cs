using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Reliability.Families;

/// <summary>How many draws of the parameters have a batch whose gradient depends on what is selected.</summary>
/// <param name="Options">What was compared.</param>
/// <param name="Batches">Batches Q of each draw.</param>
/// <param name="Draws">The draws that were looked at.</param>
public sealed record AffectedReport(AffectedOptions Options, int Batches, IReadOnlyList<AffectedDraw> Draws)
{
    /// <summary>The count of affected draws.</summary>
    public Proportion Affected => new(Draws.Count(d => d.IsAffected), Draws.Count);

    /// <summary>The share of affected draws, which are independent: the relative volume of S₀₁ for these batches.</summary>
    public EstimatedShare Share => EstimatedShare.OfDraws((int)Affected.Successes, Draws.Count, Batches);

    /// <summary>The share of draws that the first batches affect already.</summary>
    /// <param name="batches">How many batches.</param>
    public Proportion Within(int batches) => new(Draws.Count(d => d.FirstBatch < batches), Draws.Count);
}
