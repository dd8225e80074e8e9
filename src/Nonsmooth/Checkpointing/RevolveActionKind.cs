namespace Nonsmooth.Checkpointing;

/// <summary>What a reversal of a uniform chain does next.</summary>
public enum RevolveActionKind
{
    /// <summary>The current state is taken forward by some steps; nothing of them is kept.</summary>
    Advance,

    /// <summary>The current state is copied to a free slot.</summary>
    Store,

    /// <summary>A stored state becomes the current one.</summary>
    Restore,

    /// <summary>The step that starts at the current state is reversed; if that state is stored, its slot is free from here on.</summary>
    Reverse,
}
