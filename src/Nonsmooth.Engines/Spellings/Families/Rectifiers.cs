using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>relu spelled in many ways, and functions of it.</summary>
internal static class Rectifiers
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("relu", "relu", static (e, x) => e.Relu(x)),
        Map("relu.maximum_0_x", "relu", static (e, x) => e.Maximum(e.Full(x, 0), x)),
        Map("relu.maximum_scalar", "relu", static (e, x) => e.MaximumScalar(x, 0)),
        Map("relu.clip_min", "relu", static (e, x) => e.Clip(x, 0, null)),
        Map("relu.clip_0_inf", "relu", static (e, x) => e.Clip(x, 0, double.PositiveInfinity)),
        Map("relu.clip_tensor", "relu", static (e, x) => e.ClipTensor(x, e.Full(x, 0), null)),
        Map("relu.where_gt", "relu", static (e, x) => e.Where(x > 0, x, e.Full(x, 0))),
        Map("relu.where_ge", "relu", static (e, x) => e.Where(x >= 0, x, e.Full(x, 0))),
        Map("relu.where_lt", "relu", static (e, x) => e.Where(x < 0, e.Full(x, 0), x)),
        Map("relu.half_abs", "relu", static (e, x) => (x + e.Abs(x)) * 0.5),
        Map("relu.half_sqrt_square", "relu", static (e, x) => (x + e.Sqrt(x * x)) * 0.5),
        Map("relu.mask_gt", "relu", static (e, x) => x * e.AsFloat(x > 0, x)),
        Map("relu.mask_ge", "relu", static (e, x) => x * e.AsFloat(x >= 0, x)),
        Map("relu.negated_min", "relu", static (e, x) => -e.Minimum(-x, e.Full(x, 0))),
        Map("relu.x_half_one_plus_sign", "relu", static (e, x) => x * (e.Sign(x) + 1) * 0.5),
        Map("relu.max_of_stack", "relu", static (e, x) => e.Max0(e.Stack([x, e.Full(x, 0)]))),
        Map("relu.max_of_stack_rev", "relu", static (e, x) => e.Max0(e.Stack([e.Full(x, 0), x]))),
        Map("relu.sort_of_stack", "relu", static (e, x) => e.At(e.Sort0(e.Stack([x, e.Full(x, 0)])), 1)),
        Map("relu.topk_of_stack", "relu", static (e, x) => e.AtLast(e.TopkLast(e.StackLast([x, e.Full(x, 0)]), 1), 0)),
        Map("relu.elu_0", "relu", static (e, x) => e.Elu(x, 0)),
        Map("relu.threshold", "relu", static (e, x) => e.Threshold(x, 0, 0)),
        Map("relu.prelu_0", "relu", static (e, x) => e.Prelu(x, 0)),
        Map("relu.half_hypot", "relu", static (e, x) => (x + e.Hypot(x, e.Full(x, 0))) * 0.5),
        Map("relu.norm2_of_stack", "relu", static (e, x) => (x + e.Norm0(e.Stack([x, e.Full(x, 0)]), 2)) * 0.5),
        Map("relu.piecewise_nested", "relu", static (e, x) => e.Where(x > 0, x, e.Where(x < 0, e.Full(x, 0), e.Full(x, 0)))),
        Map("relu.exp_log", "relu", static (e, x) => e.Where(x > 0, e.Exp(e.Log(x)), e.Full(x, 0))),
        Map("relu.module", "relu", static (e, x) => e.ReluModule(x)),
        Map("relu.inplace", "relu", static (e, x) => e.ReluInplace(x)),
        Map("relu.select", "relu", static (e, x) => e.ReluSelect(x)),
        Map("relu.hinge", "hinge", static (e, x) => e.Maximum(1.0 - x, e.Full(x, 0))),
        Map("relu.hinge_relu", "hinge", static (e, x) => e.Relu(1.0 - x)),
        Map("relu.hinge_clip", "hinge", static (e, x) => e.Clip(1.0 - x, 0, null)),
        Map("relu.squared", "relu_squared", static (e, x) => e.Power(e.Relu(x), 2)),
        Map("relu.sqrt", "sqrt_relu", static (e, x) => e.Sqrt(e.Relu(x))),
        Map("relu.safe_sqrt", "sqrt_relu", static (e, x) => e.Where(x > 0, e.Sqrt(e.Where(x > 0, x, e.Full(x, 1))), e.Full(x, 0))),
        Map("relu.unsafe_sqrt", "sqrt_relu", static (e, x) => e.Where(x > 0, e.Sqrt(x), e.Full(x, 0))),
    ];
}
