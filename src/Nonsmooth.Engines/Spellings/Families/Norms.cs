using Nonsmooth.Dictionary;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Norms and what divides by them.</summary>
internal static class Norms
{
    public static IEnumerable<Spelling> Rows =>
    [
        Vector("norm.1_sum_abs", "norm1", static (e, x) => e.Sum(e.Abs(x))),
        Vector("norm.2", "norm2", static (e, x) => e.Norm(x, 2)),
        Vector("norm.2_sqrt_dot", "norm2", static (e, x) => e.Sqrt(e.Dot(x, x))),
        Vector("norm.2_pow", "norm2", static (e, x) => e.Power(e.Sum(x * x), 0.5)),
        Vector("norm.inf", "norm_inf", static (e, x) => e.Norm(x, double.PositiveInfinity)),
        Vector("norm.inf_max_abs", "norm_inf", static (e, x) => e.Max(e.Abs(x))),
        Vector("norm.minus_inf", "norm_minus_inf", static (e, x) => e.Norm(x, double.NegativeInfinity)),
        Vector("norm.0", "norm0", static (e, x) => e.Norm(x, 0)),
        Vector("norm.half", "norm_half", static (e, x) => e.Norm(x, 0.5)),
        Vector("norm.3", "norm3", static (e, x) => e.Norm(x, 3)),
        Vector("norm.frobenius_row", "norm2", static (e, x) => e.NormFroRow(x)),
        Vector("norm.nuclear_row", "norm2", static (e, x) => e.NormNucRow(x)),
        Vector("normalize", "normalize", static (e, x) => e.Normalize(x)),
        Vector("normalize.divide", "normalize_plain", static (e, x) => x / e.Norm(x, 2)),
        Vector("normalize.rsqrt_eps", "normalize_eps", static (e, x) => x * e.Rsqrt(e.Sum(x * x) + 1e-12)),
        Vector("clip_by_norm", "clip_by_norm", static (e, x) => e.ClipByNorm(x, 1)),
        Vector("clip_by_norm.min", "clip_by_norm", static (e, x) => x * e.Minimum(1.0 / e.Norm(x, 2), 1.0 + (0.0 * e.At(x, 0)))),
        Vector("cosine_similarity.fixed", "cosine", static (e, x) => e.CosineSimilarity(x, e.Constant(x, [1, 2, 0, -1, 0.5]))),
        Vector("triplet.margin", "triplet", static (e, x) => e.Relu(e.Norm(x, 2) - e.Norm(x - e.Constant(x, [1, 1, 1, 1, 1]), 2) + 1.0)),
        Vector("cdist.rows", "distances", static (e, x) => e.CdistRows(x, 2)),
        Vector("cdist.rows_1", "distances1", static (e, x) => e.CdistRows(x, 1)),
        Vector("pdist.expand_sqrt", "distances", static (e, x) => e.Sqrt(e.Relu(e.Power(e.Column(x), 2) + e.Power(e.Row(x), 2) - (2.0 * e.Column(x) * e.Row(x))))),
        Vector("renorm", "renorm", static (e, x) => e.Renorm(x, 1)),
    ];
}
