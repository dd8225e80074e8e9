using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Zones;

/// <summary>What is compared, on how much, and how it is classified.</summary>
public sealed record ZoneOptions
{
    /// <summary>The format of both backprops. Default single precision.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>The selection P. Default libtorch's.</summary>
    public Selection Reference { get; init; } = Selection.Default;

    /// <summary>The selection Q. Default minimal norm.</summary>
    public Selection Other { get; init; } = Selection.MinimalNorm;

    /// <summary>Parameter draws M, at least 1. Default 1.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>Batches Q of each draw, at least 1, drawn from the partition without replacement and anew for each draw; null for all. Default all.</summary>
    public int? Batches { get; init; }

    /// <summary>Whether decisions are replayed in 64 bits: it takes no threshold of distance and two wider passes. Default true.</summary>
    public bool Replay { get; init; } = true;

    /// <summary>The replay's relative distance up to which a difference is rounding. Default 1e-12.</summary>
    public double ReplayTolerance { get; init; } = 1e-12;

    /// <summary>Orders of the first draw's first batch that the calibrated threshold is taken from. Default 3; 0 for none.</summary>
    public int ControlOrders { get; init; } = 3;

    /// <summary>By how much the largest rounding difference of the control is multiplied to give the threshold. Default 4.</summary>
    public double SafetyFactor { get; init; } = 4;

    /// <summary>The norm of the calibrated threshold. Default Σ‖·‖∞.</summary>
    public GradientNorm Norm { get; init; } = GradientNorm.SumInfinity;
}
