namespace Nonsmooth.Selections;

/// <summary>The keys that the standard dictionary reads. To add one: a property and its place in <see cref="All"/> and, where it is often set, a property of <see cref="Selection"/>.</summary>
/// <remarks>Defaults are those of libtorch 2.10 wherever it has one answer (reliability specification, section 5).</remarks>
public static class SelectionKeys
{
    /// <summary>relu at 0.</summary>
    public static SelectionKey<KinkRule> ReluAtZero { get; } =
        Slope("relu-at-zero", 0, "the slope of ReLU at 0", "0 or 1", 1);

    /// <summary>relu6 at 0 and 6.</summary>
    public static SelectionKey<KinkRule> Relu6AtBounds { get; } =
        Slope("relu6-at-bounds", KinkRule.MinimalNorm, "the slope of ReLU6 at 0 and 6", "0 or 1", 1);

    /// <summary>Leaky relu at 0.</summary>
    public static SelectionKey<KinkRule> LeakyReluAtZero { get; } =
        Slope("leaky-relu-at-zero", KinkRule.Left, "the slope of leaky ReLU at 0", "the left one or the right one", KinkRule.Right);

    /// <summary>elu at 0.</summary>
    public static SelectionKey<KinkRule> EluAtZero { get; } =
        Slope("elu-at-zero", KinkRule.Left, "the slope of ELU at 0", "the left one or the right one", KinkRule.Right);

    /// <summary>selu at 0.</summary>
    public static SelectionKey<KinkRule> SeluAtZero { get; } =
        Slope("selu-at-zero", KinkRule.Left, "the slope of SELU at 0", "the left one or the right one", KinkRule.Right);

    /// <summary>hardtanh at its bounds.</summary>
    public static SelectionKey<KinkRule> HardtanhAtBounds { get; } =
        Slope("hardtanh-at-bounds", KinkRule.MinimalNorm, "the slope of hardtanh at its bounds", "0 or 1", KinkRule.Steepest);

    /// <summary>hardsigmoid at ±3.</summary>
    public static SelectionKey<KinkRule> HardsigmoidAtBounds { get; } =
        Slope("hardsigmoid-at-bounds", KinkRule.MinimalNorm, "the slope of hardsigmoid at ±3", "0 or 1/6", KinkRule.Steepest);

    /// <summary>hardswish at ±3.</summary>
    public static SelectionKey<KinkRule> HardswishAtBounds { get; } =
        Slope("hardswish-at-bounds", KinkRule.MinimalNorm, "the slope of hardswish at ±3", "the lesser in size, or the greater", KinkRule.Steepest);

    /// <summary>clamp at its bounds, and hinge at its margin.</summary>
    public static SelectionKey<KinkRule> ClampAtBounds { get; } =
        Slope("clamp-at-bounds", KinkRule.Steepest, "the slope of clamp at its bounds", "1 or 0", KinkRule.MinimalNorm);

    /// <summary>abs at 0, and the 1-norm, l1 and huber through it.</summary>
    public static SelectionKey<KinkRule> AbsAtZero { get; } =
        Slope("abs-at-zero", KinkRule.MinimalNorm, "the slope of the absolute value at 0", "0 or 1", 1);

    /// <summary>Equal arguments of maximum and minimum.</summary>
    public static SelectionKey<TieRule> MaximumTies { get; } =
        Ties("maximum-ties", TieRule.Average, "how equal arguments of maximum and minimum share the gradient", "a half each, or all to the first", TieRule.First);

    /// <summary>Elements that attain a maximum or minimum over axes.</summary>
    public static SelectionKey<TieRule> ReduceMaximumTies { get; } =
        Ties("max-ties", TieRule.Average, "how elements that attain a maximum over axes share its gradient", "equally, or all to the first", TieRule.First);

    /// <summary>Tied elements of a pooling window.</summary>
    public static SelectionKey<TieRule> MaxPoolTies { get; } =
        Ties("max-pool-ties", TieRule.First, "how tied elements of a pooling window share its gradient", "all to the first, or equally", TieRule.Average);

    /// <summary>Elements that attain a running maximum.</summary>
    public static SelectionKey<TieRule> CumulativeMaximumTies { get; } =
        Ties("cummax-ties", TieRule.Last, "how elements that attain a running maximum share its gradient", "all to the last, or equally", TieRule.Average);

    /// <summary>Elements equal to the median.</summary>
    public static SelectionKey<TieRule> MedianTies { get; } =
        Ties("median-ties", TieRule.First, "how elements that equal the median share its gradient", "all to the first, or equally", TieRule.Average);

    /// <summary>Entries that attain the ∞-norm.</summary>
    public static SelectionKey<TieRule> InfinityNormTies { get; } =
        Ties("infinity-norm-ties", TieRule.Average, "how entries that attain an ∞-norm share its gradient", "equally, or all to the first", TieRule.First);

    /// <summary>Every entry of the derivative of a 2-norm, norm pooling included, at the zero vector.</summary>
    public static SelectionKey<double> NormAtZero { get; } =
        new("norm-at-zero", 0) { Topic = "the slope of a 2-norm at 0", Sides = "0, or 1 in every entry", Others = [1] };

    /// <summary>Constraints of a solution map that are active without a multiplier.</summary>
    public static SelectionKey<ActivityRule> WeaklyActive { get; } = new("weakly-active", ActivityRule.Inactive)
    {
        Topic = "whether constraints that are active with a multiplier of 0 count",
        Sides = "inactive or active",
        Others = [ActivityRule.Active],
    };

    /// <summary>All of them, in the order of the selection's properties.</summary>
    public static IReadOnlyList<SelectionKey> All { get; } =
    [
        ReluAtZero, Relu6AtBounds, LeakyReluAtZero, EluAtZero, SeluAtZero, HardtanhAtBounds, HardsigmoidAtBounds, HardswishAtBounds, ClampAtBounds, AbsAtZero,
        MaximumTies, ReduceMaximumTies, MaxPoolTies, CumulativeMaximumTies, MedianTies, InfinityNormTies, NormAtZero, WeaklyActive,
    ];

    // Makes the static constructor run, so that the keys are known before any is used.
    internal static void Touch() => _ = ReluAtZero;

    private static SelectionKey<KinkRule> Slope(string name, KinkRule rule, string topic, string sides, KinkRule other) =>
        new(name, rule) { Topic = topic, Sides = sides, Others = [other] };

    private static SelectionKey<TieRule> Ties(string name, TieRule rule, string topic, string sides, TieRule other) =>
        new(name, rule) { Topic = topic, Sides = sides, Others = [other] };
}
