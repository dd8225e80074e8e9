using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>The identity, zero and the lesser of x and 0.</summary>
internal static class Identities
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("identity.relu_minus_relu", "identity", static (e, x) => e.Relu(x) - e.Relu(-x)),
        Map("identity.max_plus_min", "identity", static (e, x) => e.Maximum(x, e.Full(x, 0)) + e.Minimum(x, e.Full(x, 0))),
        Map("identity.max_x_x", "identity", static (e, x) => e.Maximum(x, x)),
        Map("identity.min_x_x", "identity", static (e, x) => e.Minimum(x, x)),
        Map("identity.fmax_x_x", "identity", static (e, x) => e.Fmax(x, x)),
        Map("identity.max_of_stack_x_x", "identity", static (e, x) => e.Max0(e.Stack([x, x]))),
        Map("identity.amax_of_stack_x_x", "identity", static (e, x) => e.Amax0(e.Stack([x, x]))),
        Map("identity.median_xxx", "identity", static (e, x) => e.Median0(e.Stack([x, x, x]))),
        Map("identity.sort_sum", "identity", static (e, x) => e.Sum0(e.Sort0(e.Stack([x, e.Full(x, 0)])))),
        Map("identity.abs_sign", "identity", static (e, x) => e.Abs(x) * e.Sign(x)),
        Map("identity.where_xx", "identity", static (e, x) => e.Where(x > 0, x, x)),
        Map("identity.sqrt_square_relu", "identity", static (e, x) => e.Sqrt(e.Power(e.Relu(x), 2)) - e.Sqrt(e.Power(e.Relu(-x), 2))),
        Map("identity.floor_plus_frac", "identity", static (e, x) => e.Floor(x) + e.Remainder(x, e.Full(x, 1))),
        Map("identity.leaky_inverse", "identity", static (e, x) => e.LeakyRelu(e.LeakyRelu(x, 0.5), 2)),
        Map("zero.max_minus_relu", "zero", static (e, x) => e.Maximum(x, e.Full(x, 0)) - e.Relu(x)),
        Map("zero.abs_minus_max", "zero", static (e, x) => e.Abs(x) - e.Maximum(x, -x)),
        Map("zero.abs_minus_sqrt", "zero", static (e, x) => e.Abs(x) - e.Sqrt(x * x)),
        Map("zero.where_gt_minus_ge", "zero", static (e, x) => e.Where(x > 0, x, -x) - e.Where(x >= 0, x, -x)),
        Map("zero.amax_minus_max", "zero", static (e, x) => e.Amax0(e.Stack([x, e.Full(x, 0)])) - e.Max0(e.Stack([x, e.Full(x, 0)]))),
        Map("min.clip_max", "min0", static (e, x) => e.Clip(x, null, 0)),
        Map("min.where", "min0", static (e, x) => e.Where(x < 0, x, e.Full(x, 0))),
        Map("min.neg_relu_neg", "min0", static (e, x) => -e.Relu(-x)),
        Map("min.x_minus_relu", "min0", static (e, x) => x - e.Relu(x)),
        Map("min.half", "min0", static (e, x) => (x - e.Abs(x)) * 0.5),
    ];
}
