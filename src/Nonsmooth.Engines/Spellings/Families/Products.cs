using Nonsmooth.Dictionary;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Products and running products.</summary>
internal static class Products
{
    public static IEnumerable<Spelling> Rows =>
    [
        Vector("cumprod", "cumprod", static (e, x) => e.Cumprod(x)),
        Vector("logcumsumexp", "logcumsumexp", static (e, x) => e.Logcumsumexp(x)),
        Vector("prod", "prod", static (e, x) => e.Prod(x)),
        Vector("prod.fold", "prod", static (e, x) => e.At(x, 0) * e.At(x, 1) * e.At(x, 2) * e.At(x, 3) * e.At(x, 4)),
        Vector("prod.exp_sum_log", "prod", static (e, x) => e.Exp(e.Sum(e.Log(x)))),
    ];
}
