using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Programs;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Greatest and least of several.</summary>
internal static class Extremes
{
    public static IEnumerable<Spelling> Rows =>
    [
        Vector("max", "max", static (e, x) => e.Max(x)),
        Vector("max.axis", "max", static (e, x) => e.MaxAxis(x)),
        Vector("max.amax", "max", static (e, x) => e.Amax(x)),
        Vector("max.sort_last", "max", static (e, x) => e.At(e.Sort(x), 4)),
        Vector("max.topk", "max", static (e, x) => e.Topk(x, 1)),
        Vector("max.one_hot_dot", "max", static (e, x) => e.Sum(x * e.StopGradient(e.AsFloat(e.Equal(x, e.Max(x)), x)))),
        Vector("max.fold", "max", static (e, x) => e.Maximum(e.Maximum(e.Maximum(e.Maximum(e.At(x, 0), e.At(x, 1)), e.At(x, 2)), e.At(x, 3)), e.At(x, 4))),
        Vector("max.fold_where", "max", static (e, x) => Larger(e, Larger(e, Larger(e, Larger(e, e.At(x, 0), e.At(x, 1)), e.At(x, 2)), e.At(x, 3)), e.At(x, 4))) with { Written = "lambda E, x: (lambda m: m(m(m(m(x[0], x[1]), x[2]), x[3]), x[4]))(lambda a, b: E.where(a > b, a, b))" },
        Vector("max.neg_min_neg", "max", static (e, x) => -e.Min(-x)),
        Vector("max.norm_inf_shifted", "max_shift", static (e, x) => e.Norm(x + 500, double.PositiveInfinity)),
        Vector("min", "min", static (e, x) => e.Min(x)),
        Vector("min.amin", "min", static (e, x) => e.Amin(x)),
        Vector("min.sort_first", "min", static (e, x) => e.At(e.Sort(x), 0)),
        Vector("ptp", "ptp", static (e, x) => e.Max(x) - e.Min(x)),
        Vector("ptp.function", "ptp", static (e, x) => e.Ptp(x)),
    ];

    private static Variable Larger(Dialect e, Variable a, Variable b) => e.Where(a > b, a, b);
}
