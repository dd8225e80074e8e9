using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>abs spelled in many ways, and functions of it.</summary>
internal static class Absolutes
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("abs", "abs", static (e, x) => e.Abs(x)),
        Map("abs.max_x_negx", "abs", static (e, x) => e.Maximum(x, -x)),
        Map("abs.sqrt_xx", "abs", static (e, x) => e.Sqrt(x * x)),
        Map("abs.sqrt_square", "abs", static (e, x) => e.Sqrt(e.Square(x))),
        Map("abs.sqrt_pow2", "abs", static (e, x) => e.Sqrt(e.Power(x, 2))),
        Map("abs.pow2_pow_half", "abs", static (e, x) => e.Power(e.Power(x, 2), 0.5)),
        Map("abs.where_ge", "abs", static (e, x) => e.Where(x >= 0, x, -x)),
        Map("abs.x_sign", "abs", static (e, x) => x * e.Sign(x)),
        Map("abs.relu_sum", "abs", static (e, x) => e.Relu(x) + e.Relu(-x)),
        Map("abs.max_minus_min", "abs", static (e, x) => e.Maximum(x, e.Full(x, 0)) - e.Minimum(x, e.Full(x, 0))),
        Map("abs.hypot_0", "abs", static (e, x) => e.Hypot(x, e.Full(x, 0))),
        Map("abs.copysign", "abs", static (e, x) => e.Copysign(x, e.Full(x, 1))),
        Map("abs.norm1", "abs", static (e, x) => e.Norm0(e.Stack([x]), 1)),
        Map("abs.norm2", "abs", static (e, x) => e.Norm0(e.Stack([x]), 2)),
        Map("abs.norm_inf", "abs", static (e, x) => e.Norm0(e.Stack([x]), double.PositiveInfinity)),
        Map("abs.norm2_pair", "abs", static (e, x) => e.Norm0(e.Stack([x, x]), 2) * Math.Sqrt(0.5)) with { Written = "lambda E, x: E.norm0(E.stack([x, x]), 2) * 0.5 ** 0.5" },
        Map("abs.max_of_stack", "abs", static (e, x) => e.Max0(e.Stack([x, -x]))),
        Map("abs.l1_loss", "abs", static (e, x) => e.L1Loss(x, e.Full(x, 0))),
        Map("abs.abs_abs", "abs", static (e, x) => e.Abs(e.Abs(x))),
        Map("abs.abs_neg", "abs", static (e, x) => e.Abs(-x)),
        Map("abs.complex", "abs", static (e, x) => e.AbsComplex(x)),
        Map("abs.angle_polar", "abs", static (e, x) => e.Abs(x) * e.Cos(e.Atan2(e.Full(x, 0), e.Abs(x)))),
        Map("abs.pow1", "abs", static (e, x) => e.Power(e.Abs(x), 1)),
        Map("abs.sqrt_eps", "abs_smoothed", static (e, x) => e.Sqrt(x * x + 1e-6)),
        Map("abs.fabs", "abs", static (e, x) => e.Fabs(x)),
        Map("abs.cdist1", "abs", static (e, x) => e.CdistColumn(x, 1)),
        Map("abs.cdist2", "abs", static (e, x) => e.CdistColumn(x, 2)),
        Map("abs.x_abs_x", "x_abs_x", static (e, x) => x * e.Abs(x)),
        Map("abs.sin", "abs_sin", static (e, x) => e.Abs(e.Sin(x))),
    ];
}
