using Nonsmooth.Selections;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Studies;

/// <summary>Two selections under which the same network is trained from the same seeds.</summary>
public sealed record PairedTrainingOptions : TrainingSetup
{
    /// <summary>The selection that is used. Default libtorch's.</summary>
    public Selection Reference { get; init; } = Selection.Default;

    /// <summary>The selection that might be used. Default minimal norm.</summary>
    public Selection Other { get; init; } = Selection.MinimalNorm;

    /// <summary>
    /// A network for the other runs, with the same parameters, where the programs differ and not only their selections.
    /// Default null: the same network.
    /// </summary>
    public Model? OtherNetwork { get; init; }

    /// <summary>Seeds, at least 1; an interval takes 6. Default 6.</summary>
    public int Seeds { get; init; } = 6;

    /// <summary>The first seed; the others follow it. Default 0.</summary>
    public ulong FirstSeed { get; init; }
}
