using Nonsmooth.Differentiation;

namespace Nonsmooth.Checkpointing;

/// <summary>What a checkpoint plan must respect.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The most bytes held at once, inputs, parameters, gradients and outputs included. Default no limit.</summary>
    public long MemoryBudget { get; init; } = long.MaxValue;

    /// <summary>Bytes of a real: 2, 4 or 8. Default 4.</summary>
    public int BytesPerReal { get; init; } = sizeof(float);

    /// <summary>What backprop is asked for: with respect to what, under which selection. One seed.</summary>
    public BackpropOptions Backprop { get; init; } = new();

    /// <summary>The most segments that the program is cut into. Default 64; the time to plan grows with its cube.</summary>
    public int Segments { get; init; } = 64;

    /// <summary>In how many units memory is measured while plans are searched. Default 96.</summary>
    public int Units { get; init; } = 96;
}
