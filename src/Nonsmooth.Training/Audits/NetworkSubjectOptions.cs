using Nonsmooth.LibTorch;

namespace Nonsmooth.Training.Audits;

/// <summary>How a network is put before an audit.</summary>
public sealed record NetworkSubjectOptions
{
    /// <summary>Examples in a batch. Default 128, as published.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The seed of the first draw and of the shuffling. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Where gradients are computed. Default the processor.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>From which distribution parameters are drawn. Default as the network is initialised for training.</summary>
    public DrawKind Draw { get; init; } = DrawKind.Network;

    /// <summary>
    /// Whether the only batch is what whole batches leave of the data: fewer than <see cref="Batch"/> examples. Default false: the
    /// whole batches, without it.
    /// </summary>
    public bool Rest { get; init; }
}
