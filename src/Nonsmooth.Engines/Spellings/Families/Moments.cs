using Nonsmooth.Dictionary;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Variances, softmax and their kin.</summary>
internal static class Moments
{
    public static IEnumerable<Spelling> Rows =>
    [
        Vector("var", "var", static (e, x) => e.Var(x)),
        Vector("std", "std", static (e, x) => e.Std(x)),
        Vector("standardize", "standardize", static (e, x) => (x - e.Mean(x)) / e.Std(x)),
        Vector("layer_norm", "layer_norm", static (e, x) => e.LayerNorm(x)),
        Vector("mean_abs_deviation", "mad", static (e, x) => e.Mean(e.Abs(x - e.Mean(x)))),
        Vector("mad.median", "mad_median", static (e, x) => e.Mean(e.Abs(x - e.Median(x)))),
        Vector("softmax", "softmax", static (e, x) => e.Softmax(x)),
        Vector("softmax.exp_max", "softmax", static (e, x) => e.Exp(x - e.Max(x)) / e.Sum(e.Exp(x - e.Max(x)))),
        Vector("softmax.exp_stop", "softmax", static (e, x) => e.Exp(x - e.StopGradient(e.Max(x))) / e.Sum(e.Exp(x - e.StopGradient(e.Max(x))))),
        Vector("softmax.plain", "softmax", static (e, x) => e.Exp(x) / e.Sum(e.Exp(x))),
        Vector("log_softmax", "log_softmax", static (e, x) => e.LogSoftmax(x)),
        Vector("log_softmax.log", "log_softmax", static (e, x) => e.Log(e.Softmax(x))),
        Vector("logsumexp", "logsumexp", static (e, x) => e.Logsumexp(x)),
        Vector("logsumexp.max", "logsumexp", static (e, x) => e.Max(x) + e.Log(e.Sum(e.Exp(x - e.Max(x))))),
        Vector("logsumexp.plain", "logsumexp", static (e, x) => e.Log(e.Sum(e.Exp(x)))),
    ];
}
