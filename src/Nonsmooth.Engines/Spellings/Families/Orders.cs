using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Order statistics and running extremes.</summary>
internal static class Orders
{
    public static IEnumerable<Spelling> Rows =>
    [
        Vector("median.odd", "median", static (e, x) => e.Median(x)),
        Vector("median.even", "median_even", static (e, x) => e.Median(x), "quadruple"),
        Vector("median.nanmedian_even", "median_even", static (e, x) => e.Nanmedian(x), "quadruple"),
        Vector("median.quantile", "median", static (e, x) => e.Quantile(x, 0.5)),
        Vector("quantile.quarter", "quantile", static (e, x) => e.Quantile(x, 0.25)),
        Vector("quantile.tenth", "quantile", static (e, x) => e.Quantile(x, 0.1)),
        Vector("kthvalue.2", "second_smallest", static (e, x) => e.Kthvalue(x, 2)),
        Vector("mode", "mode", static (e, x) => e.Mode(x)),
        Vector("sort", "sort", static (e, x) => e.Sort(x)),
        Vector("sort.descending", "sort_descending", static (e, x) => e.SortDescending(x)),
        Vector("sort.gather_argsort", "sort", static (e, x) => e.GatherArgsort(x)),
        Vector("topk.2", "top2", static (e, x) => e.Topk(x, 2)),
        Vector("topk.sum3", "sum_top3", static (e, x) => e.Sum(e.Topk(x, 3))),
        Vector("cummax", "cummax", static (e, x) => e.Cummax(x)),
    ];
}
