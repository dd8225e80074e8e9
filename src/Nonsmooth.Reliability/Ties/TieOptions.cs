using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Ties;

/// <summary>What a census of ties counts, and on what.</summary>
public sealed record TieOptions
{
    /// <summary>The format of the arithmetic. Default single precision. An observer takes that of the program it watches.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>What backprop takes at kinks: it decides which ties a cotangent reaches. Default libtorch's choices.</summary>
    public Selection Selection { get; init; } = Selection.Default;

    /// <summary>Up to how many units in the last place a place counts as nearly tied. Default 4; 0 counts none, and is quicker.</summary>
    public double NearUlps { get; init; } = 4;

    /// <summary>How many ties with the largest |cotangent| are listed. Default 0: none.</summary>
    public int Largest { get; init; }

    /// <summary>Whether subnormal numbers are taken as 0, as an executor that flushes them does. Default as probed.</summary>
    public bool? FlushToZero { get; init; }

    /// <summary>Draws of the parameters, of a census over a subject. Default 1.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>Batches of each draw, of a census over a subject. Default all there are.</summary>
    public int? Batches { get; init; }
}
