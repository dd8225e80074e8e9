using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Reliability.Divergence;

/// <summary>How two runs are compared.</summary>
public sealed record DivergenceOptions
{
    /// <summary>The first run's format. Default single precision.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>The second run's format. Default the first's.</summary>
    public Precision? OtherPrecision { get; init; }

    /// <summary>Where both run. Default the processor.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>
    /// The relative distance of a result, in the 2-norm, up to which it counts as the same. Default 0, the same bits,
    /// in one format; in two, 64 units of the coarser format's rounding.
    /// </summary>
    public double? Tolerance { get; init; }

    /// <summary>How many diverged nodes are listed, the first ones. Default 10.</summary>
    public int Nodes { get; init; } = 10;
}
