namespace Nonsmooth.Checkpointing;

/// <summary>One action on a stage of a chain.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Stage">The stage, from 0.</param>
public readonly record struct ChainAction(ChainActionKind Kind, int Stage)
{
    /// <summary>As in <c>keep 3</c>.</summary>
    public override string ToString() => Kind switch
    {
        ChainActionKind.Advance => $"advance {Stage}",
        ChainActionKind.Keep => $"keep {Stage}",
        _ => $"reverse {Stage}",
    };
}
