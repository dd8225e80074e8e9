using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Functions of two arguments.</summary>
internal static class Pairs
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("maximum.xy", "maximum", static (e, x, y) => e.Maximum(x, y)),
        Map("minimum.xy", "minimum", static (e, x, y) => e.Minimum(x, y)),
        Map("fmax.xy", "fmax", static (e, x, y) => e.Fmax(x, y)),
        Map("fmin.xy", "fmin", static (e, x, y) => e.Fmin(x, y)),
        Map("hypot.xy", "hypot", static (e, x, y) => e.Hypot(x, y)),
        Map("atan2.xy", "atan2", static (e, x, y) => e.Atan2(x, y)),
        Map("pow.xy", "pow", static (e, x, y) => e.Pow(x, y)),
        Map("fmod.xy", "fmod", static (e, x, y) => e.Fmod(x, y)),
        Map("xlogy.xy", "xlogy", static (e, x, y) => e.Xlogy(x, y)),
        Map("logaddexp.xy", "logaddexp", static (e, x, y) => e.Logaddexp(x, y)),
        Map("maximum.where_gt_xy", "maximum", static (e, x, y) => e.Where(x > y, x, y)),
        Map("maximum.where_ge_xy", "maximum", static (e, x, y) => e.Where(x >= y, x, y)),
        Map("maximum.half_abs_xy", "maximum", static (e, x, y) => (x + y + e.Abs(x - y)) * 0.5),
        Map("maximum.stack_xy", "maximum", static (e, x, y) => e.Max0(e.Stack([x, y]))),
        Map("maximum.amax_xy", "maximum", static (e, x, y) => e.Amax0(e.Stack([x, y]))),
        Map("maximum.sort_xy", "maximum", static (e, x, y) => e.At(e.Sort0(e.Stack([x, y])), 1)),
        Map("maximum.clip_min_xy", "maximum", static (e, x, y) => e.ClipTensor(x, y, null)),
        Map("maximum.max_pool_xy", "maximum", static (e, x, y) => e.MaxByPool(x, y)),
        Map("minimum.clip_max_xy", "minimum", static (e, x, y) => e.ClipTensor(x, null, y)),
        Map("minimum.neg_max_xy", "minimum", static (e, x, y) => -e.Maximum(-x, -y)),
        Map("l1.abs_xy", "abs_difference", static (e, x, y) => e.Abs(x - y)),
        Map("l1.loss_xy", "abs_difference", static (e, x, y) => e.L1Loss(x, y)),
        Map("l1.max_minus_min_xy", "abs_difference", static (e, x, y) => e.Maximum(x, y) - e.Minimum(x, y)),
        Map("hypot.sqrt_xy", "hypot", static (e, x, y) => e.Sqrt(x * x + y * y)),
        Map("hypot.norm_xy", "hypot", static (e, x, y) => e.Norm0(e.Stack([x, y]), 2)),
        Map("norm1.stack_xy", "abs_sum", static (e, x, y) => e.Norm0(e.Stack([x, y]), 1)),
        Map("norm_inf.stack_xy", "abs_max", static (e, x, y) => e.Norm0(e.Stack([x, y]), double.PositiveInfinity)),
        Map("norm_inf.max_abs_xy", "abs_max", static (e, x, y) => e.Maximum(e.Abs(x), e.Abs(y))),
        Map("divide.no_nan_xy", "divide_no_nan", static (e, x, y) => e.DivideNoNan(x, y)),
        Map("divide.where_xy", "divide_no_nan", static (e, x, y) => e.Where(e.Equal(y, 0), e.Full(x, 0), x / y)),
        Map("divide.double_where_xy", "divide_no_nan", static (e, x, y) => e.Where(e.Equal(y, 0), e.Full(x, 0), x / e.Where(e.Equal(y, 0), e.Full(y, 1), y))),
        Map("prelu.xa", "prelu", static (e, x, y) => e.Where(x > 0, x, y * x)),
        Map("prelu.relus_xa", "prelu", static (e, x, y) => e.Relu(x) - y * e.Relu(-x)),
        Map("sub.max_tie_cancel_xy", "identity_first", static (e, x, y) => e.Maximum(x, y) + e.Minimum(x, y) - y),
        Map("abs.product_xy", "abs_product", static (e, x, y) => e.Abs(x * y)),
        Map("abs.relu_of_min_xy", "relu_min", static (e, x, y) => e.Relu(e.Minimum(x, y))),
    ];
}
