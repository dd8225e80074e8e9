namespace Nonsmooth.Checkpointing;

/// <summary>One stage of a chain that is to be reversed.</summary>
/// <param name="Cost">What a run forward costs.</param>
/// <param name="LeafCost">
/// What a run costs that is made only for the stage's own backward, its exit being held already; at most <paramref name="Cost"/>.
/// </param>
/// <param name="Entry">Size of the value that enters the stage.</param>
/// <param name="Saved">Size of what the stage's backward needs besides its entry, and of its exit, kept together.</param>
public readonly record struct ChainStage(long Cost, long LeafCost, long Entry, long Saved)
{
    /// <summary>A stage whose runs all cost the same.</summary>
    public ChainStage(long cost, long entry, long saved)
        : this(cost, cost, entry, saved)
    {
    }
}
