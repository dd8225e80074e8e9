using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Selections;

namespace Nonsmooth.Training.Census;

/// <summary>How kinks are counted and gradients compared.</summary>
public sealed record CensusOptions
{
    /// <summary>The format of the arithmetic; on the processor <see cref="Precision.Float16"/> rounds to 16 bits after every operator. Default single precision.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>The selection that the others are compared with. Default libtorch's choices.</summary>
    public Selection Reference { get; init; } = Selection.Default;

    /// <summary>The other selections by name. Default <c>minimal-norm</c> and <c>relu-at-zero-1</c>.</summary>
    public IReadOnlyList<(string Name, Selection Selection)> Others { get; init; } =
    [
        ("minimal-norm", Selection.MinimalNorm),
        ("relu-at-zero-1", Selection.Default with { ReluAtZero = 1 }),
    ];
}
