using Nonsmooth.Selections;

namespace Nonsmooth.Testing;

/// <summary>How thoroughly a function's contract is checked.</summary>
public sealed record RuleCheckOptions
{
    /// <summary>How many points are drawn, at least 1.</summary>
    public int Draws { get; init; } = 5;

    /// <summary>The seed of the draws.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The presets under which the rules are checked.</summary>
    public IReadOnlyList<Preset> Presets { get; init; } = [.. Selections.Presets.All.Where(p => p.Name is "libtorch-2.10" or "jax" or "minimal-norm")];

    /// <summary>The step of the differences to which derivatives are compared.</summary>
    public double Step { get; init; } = 1e-5;
}
