using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Programs;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Roots, powers, and functions with a singular or removable point.</summary>
internal static class Powers
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("sqrt", "sqrt", static (e, x) => e.Sqrt(x)),
        Map("sqrt.exp_half_log", "sqrt", static (e, x) => e.Exp(0.5 * e.Log(x))),
        Map("rsqrt", "rsqrt", static (e, x) => e.Rsqrt(x)),
        Map("cbrt", "cbrt", static (e, x) => e.Cbrt(x)),
        Map("sqrt_abs", "sqrt_abs", static (e, x) => e.Sqrt(e.Abs(x))),
        Map("pow.zero_exponent", "constant1", static (e, x) => e.Power(x, 0)),
        Map("pow.zero_exponent_tensor", "constant1", static (e, x) => e.Pow(x, e.Full(x, 0))),
        Map("pow.one_tensor", "identity", static (e, x) => e.Pow(x, e.Full(x, 1))),
        Map("pow.two", "square", static (e, x) => e.Power(x, 2)),
        Map("pow.two_float", "square", static (e, x) => e.Power(x, 2)),
        Map("pow.two_tensor", "square", static (e, x) => e.Pow(x, e.Full(x, 2))),
        Map("pow.three", "cube", static (e, x) => e.Power(x, 3)),
        Map("pow.three_tensor", "cube", static (e, x) => e.Pow(x, e.Full(x, 3))),
        Map("pow.three_halves", "pow_1_5", static (e, x) => e.Power(x, 1.5)),
        Map("pow.abs_1_5", "abs_pow_1_5", static (e, x) => e.Power(e.Abs(x), 1.5)),
        Map("pow.abs_0_5", "sqrt_abs", static (e, x) => e.Power(e.Abs(x), 0.5)),
        Map("pow.abs_3", "abs_cube", static (e, x) => e.Power(e.Abs(x), 3)),
        Map("pow.exp2", "exp2", static (e, x) => e.Pow(e.Full(x, 2), x)),
        Map("pow.zero_base", "zero_pow_x", static (e, x) => e.Pow(e.Full(x, 0), x)),
        Map("xlogx.xlogy", "xlogx", static (e, x) => e.Xlogy(x, x)),
        Map("xlogx.where", "xlogx", static (e, x) => e.Where(x > 0, x * e.Log(x), e.Full(x, 0))),
        Map("xlogx.double_where", "xlogx", static (e, x) => e.Where(x > 0, x * e.Log(e.Where(x > 0, x, e.Full(x, 1))), e.Full(x, 0))),
        Map("xlogx.entropy", "minus_xlogx", static (e, x) => e.Entr(x)),
        Map("sinc", "sinc", static (e, x) => e.Sinc(x)),
        Map("sinc.double_where", "sinc_plain", static (e, x) => e.Where(e.Equal(x, 0), e.Full(x, 1), e.Sin(Guarded(e, x)) / Guarded(e, x))) with
        {
            Written = "lambda E, x: (lambda s: E.where(x == 0, E.full(x, 1.0), E.sin(s) / s))(E.where(x == 0, E.full(x, 1.0), x))",
        },
        Map("acos", "acos", static (e, x) => e.Acos(x)),
        Map("atan2.x_0", "atan2_x_0", static (e, x) => e.Atan2(x, e.Full(x, 0))),
        Map("atan2.0_x", "atan2_0_x", static (e, x) => e.Atan2(e.Full(x, 0), x)),
    ];

    private static Variable Guarded(Dialect e, Variable x) => e.Where(e.Equal(x, 0), e.Full(x, 1), x);
}
