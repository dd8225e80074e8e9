using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Selections;

namespace Nonsmooth.Training.Audits;

/// <summary>What an audit looks at, and how much of it.</summary>
public sealed record AuditOptions
{
    /// <summary>The formats. Default all four, from 16 bits up.</summary>
    public IReadOnlyList<Precision> Precisions { get; init; } = [Precision.Float16, Precision.BFloat16, Precision.Float32, Precision.Float64];

    /// <summary>The choices to test; those that no node of the network makes are left out. Default none, which means every one that the program's functions declare, by itself.</summary>
    public IReadOnlyList<AuditChoice> Choices { get; init; } = [];

    /// <summary>Names of the choices to test among those that the program's functions declare. Default none: all.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>The selection that is used, from which each declared choice departs. Default <see cref="Selection.Default"/>.</summary>
    public Selection Reference { get; init; } = Selection.Default;

    /// <summary>A node or module to change alone. Default none: everywhere.</summary>
    public string? Layer { get; init; }

    /// <summary>Draws of the parameters M. Default 20, the fewest that give an interval.</summary>
    public int Draws { get; init; } = 20;

    /// <summary>Batches of each draw Q, drawn anew for each; as many as there are where there are fewer. Default 2.</summary>
    public int Batches { get; init; } = 2;

    /// <summary>
    /// Whether zones are told apart by replaying decisions in 64 bits. Default true; without, by the calibrated threshold
    /// or the published one, at less than half the cost.
    /// </summary>
    public bool Replay { get; init; } = true;

    /// <summary>Pairs that bifurcate, of each choice and format, in which each layer is tried alone. Default 3; 0 for none.</summary>
    public int BlamedPairs { get; init; } = 3;
}
