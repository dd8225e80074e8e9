using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Families;

/// <summary>Which draws of the parameters are looked for, among how many.</summary>
public sealed record AffectedOptions
{
    /// <summary>The format of both backprops. Default single precision.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>The selection P. Default libtorch's, which takes 0 for ReLU at 0.</summary>
    public Selection Reference { get; init; } = Selection.Default;

    /// <summary>The selection Q. Default the same with 1 there.</summary>
    public Selection Other { get; init; } = Selection.Default with { ReluAtZero = 1 };

    /// <summary>Parameter draws M, at least 1. Default 100.</summary>
    public int Draws { get; init; } = 100;

    /// <summary>Draws as an earlier run of the same options measured them, in any order: they are not run again. Default none.</summary>
    public IReadOnlyList<AffectedDraw> Done { get; init; } = [];

    /// <summary>Batches Q of each draw, at least 1; null for all. Default all.</summary>
    public int? Batches { get; init; }

    /// <summary>The parameters whose gradients are compared. Default null: all. As published: the first weight alone.</summary>
    public IReadOnlyList<string>? Compared { get; init; }

    /// <summary>Whether a batch without an argument at a kink is passed over (<see cref="KinkScreen"/>). Default true; the result is the same.</summary>
    public bool Screen { get; init; } = true;
}
