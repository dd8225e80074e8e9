using Nonsmooth.Selections;

namespace Nonsmooth.Differentiation;

/// <summary>What backprop is asked for.</summary>
public sealed record BackpropOptions
{
    /// <summary>Names of the inputs. Default none, which means every real input.</summary>
    public IReadOnlyList<string> WithRespectTo { get; init; } = [];

    /// <summary>
    /// Names of the real outputs that are differentiated; the others are computed beside them. Default none, which means
    /// every real output.
    /// </summary>
    public IReadOnlyList<string> Of { get; init; } = [];

    /// <summary>What holds at kinks. Default <see cref="Selection.Default"/>.</summary>
    public Selection Selection { get; init; } = Selection.Default;

    /// <summary>How many cotangents are propagated at once. Default 1.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>
    /// Whether one scalar output is seeded by an input <c>seed.OUTPUT</c> as others are, and not by 1: to scale a gradient as
    /// it is computed. Default false.
    /// </summary>
    public bool SeedInput { get; init; }

    /// <summary>Whether the program's own outputs are kept as outputs. Default true.</summary>
    public bool KeepValues { get; init; } = true;
}
