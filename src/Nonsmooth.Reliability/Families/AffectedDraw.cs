namespace Nonsmooth.Reliability.Families;

/// <summary>One draw of the parameters.</summary>
/// <param name="Draw">Its number, from 0.</param>
/// <param name="FirstBatch">The first batch whose gradients differ; null where none does.</param>
/// <param name="Batches">Batches that were looked at: it stops at the first that differs.</param>
/// <param name="AtKinks">Arguments that were exactly at a kink in these batches; 0 where it was not asked.</param>
public sealed record AffectedDraw(int Draw, int? FirstBatch, int Batches, long AtKinks)
{
    /// <summary>Whether some batch's gradients differ.</summary>
    public bool IsAffected => FirstBatch is not null;
}
