using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Formats;

/// <summary>On what a census of ranges is taken.</summary>
public sealed record RangeOptions
{
    /// <summary>The format that runs. Default single precision; a 16-bit one finds where it overflows in fact.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>What backprop takes at kinks. Default libtorch's choices.</summary>
    public Selection Selection { get; init; } = Selection.Default;

    /// <summary>Draws of the parameters. Default 1.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>Batches of each draw. Default 1.</summary>
    public int Batches { get; init; } = 1;
}
