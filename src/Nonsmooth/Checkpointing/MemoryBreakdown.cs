namespace Nonsmooth.Checkpointing;

/// <summary>What a program holds at one moment, in bytes, by what it is for; each memory is counted once.</summary>
/// <param name="Inputs">Inputs, parameters included: their owner holds them all the time.</param>
/// <param name="Outputs">Values that are outputs, gradients included, as far as they are there.</param>
/// <param name="Saved">What the forward part made and the backward part still needs, the seed included.</param>
/// <param name="Temporaries">Everything else.</param>
public sealed record MemoryBreakdown(long Inputs, long Outputs, long Saved, long Temporaries)
{
    /// <summary>All of it.</summary>
    public long Total => Inputs + Outputs + Saved + Temporaries;
}
