namespace Nonsmooth.Checkpointing;

/// <summary>What is done with a stage of a chain.</summary>
public enum ChainActionKind
{
    /// <summary>It is run forward; only the value that leaves it is kept.</summary>
    Advance,

    /// <summary>It is run forward and what its backward needs is kept.</summary>
    Keep,

    /// <summary>Its backward is run; what was kept for it is dropped.</summary>
    Reverse,
}
