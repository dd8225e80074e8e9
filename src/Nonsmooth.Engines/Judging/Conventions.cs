namespace Nonsmooth.Engines.Judging;

/// <summary>Where an engine's function of a name is another one, or its answer says less than it seems to.</summary>
/// <param name="Recording">The start of the recordings' names.</param>
/// <param name="Spelling">The spelling, or the start of it with a star.</param>
/// <param name="What">What it is instead.</param>
internal sealed record Convention(string Recording, string Spelling, string What)
{
    /// <summary>Whether only forward mode is meant.</summary>
    public bool IsForward { get; init; }

    public bool Covers(JudgedCell cell) => cell.Recording.StartsWith(Recording, StringComparison.Ordinal)
        && (Spelling.EndsWith('*') ? cell.Spelling.StartsWith(Spelling[..^1], StringComparison.Ordinal) : cell.Spelling == Spelling);
}

/// <summary>The named ones.</summary>
internal static class Conventions
{
    private const string _midpoint = "the median of an even number is the midpoint of two";
    private const string _sides = "with the lower bound above the upper one, another of the two wins";
    private const string _none = "forward mode gave nothing, which was recorded as 0";

    public static IReadOnlyList<Convention> All { get; } =
    [
        new("", "median.even", _midpoint),
        new("", "median.nanmedian_even", _midpoint),
        new("", "clip3", _sides),
        new("jax", "resize.*", "resizing with antialias, nearest by half pixels, the cubic kernel with −0.5"),
        new("tensorflow", "resize.*", "nearest by half pixels, the cubic kernel with −0.5"),
        new("", "resize.*", "another way of resizing"),
        new("casadi", "frac.remainder", "the remainder of the nearest quotient, not of the one below"),
        new("casadi", "identity.floor_plus_frac", "the remainder of the nearest quotient, not of the one below"),
        new("paddle", "smooth_l1.beta0", "0 for β = 0, not |x|"),
        new("paddle", "log_softmax*", "exponents below −64 are cut off at −64"),
        new("paddle", "softmax*", "exponents below −64 are cut off at −64"),
        new("paddle", "cosine_similarity.fixed", "divides by max(‖x‖·‖y‖, ε), not by max(‖x‖, ε)·‖y‖"),
        new("tensorflow", "normalize", "ε is under the root: divides by max(‖x‖, 10⁻⁶)"),
        new("warp", "normalize", "without ε: 0 for the zero vector"),
        new("tensorflow", "program.batch_norm_constant", "the variance was asked times 5/4, which is for five entries; here there are three"),
        new("tinygrad", "asinh", "log(x + √(x² + 1)), which cancels below 0"),
        new("tensorflow", "resize.*", _none) { IsForward = true },
        new("tensorflow", "max_pool*", _none) { IsForward = true },
    ];
}
