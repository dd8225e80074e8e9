using Nonsmooth.Dictionary;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Hinges, sums of kinks and groups.</summary>
internal static class Sums
{
    public static IEnumerable<Spelling> Rows =>
    [
        Vector("multi_margin.label1", "multi_margin", static (e, x) => e.MultiMargin(x, 1)),
        Vector("hinge.crammer_singer", "crammer_singer", static (e, x) => e.Max(x + e.OneCold(x, 1)) - e.At(x, 1)),
        Vector("total_variation", "tv", static (e, x) => e.Sum(e.Abs(e.Between(x, 1, 5) - e.Between(x, 0, 4)))),
        Vector("relu.sum", "sum_relu", static (e, x) => e.Sum(e.Relu(x))),
        Vector("sparsemax.sort", "sparsemax", static (e, x) => e.Relu(x - e.SparsemaxThreshold(x))),
        Vector("scatter.amax", "max_groups", static (e, x) => e.ScatterMax(x, [0, 0, 1, 1, 1], 2)),
        Vector("segment.max", "max_groups", static (e, x) => e.SegmentMax(x, [0, 0, 1, 1, 1], 2)),
        Vector("unique_max.twice", "max2", static (e, x) => e.Max(x) + e.Max(x * 1)),
        Vector("min_of_max", "min_of_max", static (e, x) => e.Minimum(e.Maximum(e.At(x, 0), e.At(x, 1)), e.Maximum(e.At(x, 2), e.At(x, 3)))),
        Vector("abs_of_max", "abs_max_plain", static (e, x) => e.Abs(e.Max(x))),
        Vector("max_of_abs_minus_max", "spread", static (e, x) => e.Max(e.Abs(x)) - e.Abs(e.Max(x))),
    ];
}
