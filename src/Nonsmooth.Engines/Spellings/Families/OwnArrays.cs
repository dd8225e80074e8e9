using Nonsmooth.Dictionary;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>More spellings of functions of arrays; no recording has them yet.</summary>
internal static class OwnArrays
{
    public static IEnumerable<Spelling> Rows =>
    [
        Vector("max.sort_descending", "max", static (e, x) => e.At(e.SortDescending(x), 0)),
        Vector("max.cummax_last", "max", static (e, x) => e.At(e.Cummax(x), 4)),
        Vector("min.neg_max_neg", "min", static (e, x) => -e.Max(-x)),
        Vector("ptp.sort", "ptp", static (e, x) => e.At(e.Sort(x), 4) - e.At(e.Sort(x), 0)),
        Vector("ptp.max_plus_max", "ptp", static (e, x) => e.Max(x) + e.Max(-x)),
        Vector("median.sort", "median", static (e, x) => e.At(e.Sort(x), 2)),
        Vector("sum.sort", "sum", static (e, x) => e.Sum(e.Sort(x))),
        Vector("sum.topk", "sum", static (e, x) => e.Sum(e.Topk(x, 5))),
        Vector("sum.relus", "sum", static (e, x) => e.Sum(e.Relu(x)) - e.Sum(e.Relu(-x))),
        Vector("sum_top2.topk", "sum_top2", static (e, x) => e.Sum(e.Topk(x, 2))),
        Vector("sum_top2.sort", "sum_top2", static (e, x) => e.At(e.Sort(x), 3) + e.At(e.Sort(x), 4)),
        Vector("second_largest.sort", "second_largest", static (e, x) => e.At(e.Sort(x), 3)),
        Vector("second_largest.topk", "second_largest", static (e, x) => e.At(e.Topk(x, 2), 1)),
        Vector("gap.topk", "gap", static (e, x) => e.At(e.Topk(x, 2), 0) - e.At(e.Topk(x, 2), 1)),
        Vector("gap.sort", "gap", static (e, x) => e.At(e.Sort(x), 4) - e.At(e.Sort(x), 3)),
        Vector("norm.1", "norm1", static (e, x) => e.Norm(x, 1)),
        Vector("norm.1_relus", "norm1", static (e, x) => e.Sum(e.Relu(x)) + e.Sum(e.Relu(-x))),
        Vector("norm.1_max", "norm1", static (e, x) => e.Sum(e.Maximum(x, -x))),
        Vector("norm.inf_both", "norm_inf", static (e, x) => e.Maximum(e.Max(x), -e.Min(x))),
        Vector("norm.inf_sort", "norm_inf", static (e, x) => e.At(e.Sort(e.Abs(x)), 4)),
        Vector("norm.2_of_abs", "norm2", static (e, x) => e.Norm(e.Abs(x), 2)),
        Vector("sum_clip01.clip", "sum_clip01", static (e, x) => e.Sum(e.Clip(x, 0, 1))),
        Vector("sum_clip01.relus", "sum_clip01", static (e, x) => e.Sum(e.Relu(x)) - e.Sum(e.Relu(x - 1))),
        Vector("min_pool.neg_max", "min_pool", static (e, x) => -e.MaxPool2d(-x, 2, 2, 0), "plane"),
        Vector("min_pool.reshape", "min_pool", static (e, x) => -e.ReshapeMax(-x), "plane"),
        Vector("program.l1_less_inf", "least_size", static (e, x) => e.Sum(e.Abs(x)) - e.Max(e.Abs(x)), "pair"),
        Vector("program.least_size", "least_size", static (e, x) => e.Minimum(e.Abs(e.At(x, 0)), e.Abs(e.At(x, 1))), "pair"),
        Vector("program.relu_of_sum", "relu_of_sum", static (e, x) => e.Relu(e.At(x, 0) + e.At(x, 1)) - e.Relu(e.At(x, 0)) - e.Relu(e.At(x, 1)), "pair"),
        Vector("program.crescent", "crescent", static (e, x) => e.Maximum(e.Power(e.At(x, 0), 2) + e.Power(e.At(x, 1) - 1, 2) + e.At(x, 1) - 1, -e.Power(e.At(x, 0), 2) - e.Power(e.At(x, 1) - 1, 2) + e.At(x, 1) + 1), "pair"),
        Vector("max.take_argmax", "max", static (e, x) => e.TakeArgmax(x)),
        Vector("min.take_argmin", "min", static (e, x) => e.TakeArgmin(x)),
        Vector("min.axis", "min", static (e, x) => e.MinAxis(x)),
        Vector("min.kthvalue", "min", static (e, x) => e.Kthvalue(x, 1)),
        Vector("median.axis", "median", static (e, x) => e.Median0(x)),
        Vector("median.nanmedian", "median", static (e, x) => e.Nanmedian(x)),
        Vector("sort.dot", "sorted_dot", static (e, x) => e.Dot(e.Sort(x), e.Constant(x, [1, 2, 3])), "triple"),
        Vector("cummin", "cummin", static (e, x) => e.Cummin(x)),
        Vector("softmax.times_x", "x_softmax", static (e, x) => x * e.Softmax(x)),
        Vector("norm.2_sqrt_sum", "norm2", static (e, x) => e.Sqrt(e.Sum(e.Square(x)))),
        Vector("distance.cdist", "distance", static (e, x) => e.Cdist(x, e.Constant(x, [1, 1])), "pair"),
        Vector("distance.dist", "distance", static (e, x) => e.Dist(x, e.Constant(x, [1, 1])), "pair"),
        Vector("distance.pairwise", "distance_eps", static (e, x) => e.PairwiseDistance(x, e.Constant(x, [1, 1])), "pair"),
        Vector("linalg.eigvalsh_sum", "trace", static (e, x) => e.Sum(e.MEigvalsh(x)), "matrix"),
        Vector("max_pool1d.4", "pool1_4_4", static (e, x) => e.MaxPool1d(x, 4, 4), "line"),
        Vector("max_pool3d.2", "cube_max", static (e, x) => e.MaxPool3d(x, 2), "cube"),
        Vector("adaptive_max_pool2d.1", "global_max", static (e, x) => e.AdaptiveMaxPool2d(x, 1), "plane"),
        Vector("lp_pool2d.2", "norm_pool", static (e, x) => e.LpPool2d(x, 2), "plane"),
    ];
}
