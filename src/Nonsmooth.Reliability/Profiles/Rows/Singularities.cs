using Nonsmooth.Dictionary;
using static Nonsmooth.LibTorch.Autograd.AutogradArgument;
using static Nonsmooth.Reliability.Profiles.Declaration;
using static Nonsmooth.Reliability.Profiles.Rows.Spelling;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Points at which slopes are infinite or not numbers.</summary>
internal static class Singularities
{
    private const string _group = "Singularities";

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "sqrt@0", "sqrt(x)", [0], Op("sqrt"), Functions.Sqrt),
        new(_group, "pow_half@0", "x^½", [0], static x => x.Call("pow", "Tensor_Tensor", x.One(0.5)), static x => Functions.Pow(x, 0.5)) { Jax = Seen, TensorFlow = Seen },
        new(_group, "rsqrt@0", "rsqrt(x)", [0], Op("rsqrt"), Functions.Rsqrt),
        new(_group, "reciprocal@0", "1 / x", [0], Op("reciprocal"), Functions.Reciprocal),
        new(_group, "log@0", "log(x)", [0], Op("log"), Functions.Log) { Jax = Seen, TensorFlow = Seen },
        new(_group, "pow@0,0", "a^b", [0, 0], static x => x.At(0).Call("pow", "Tensor_Tensor", x.At(1)), Two(Functions.Pow))
        {
            Remark = "both slopes are masked where a power of 0 is taken; b·a^(b−1) and a^b·ln a are NaN and −∞",
        },
        new(_group, "xlogy@0", "xlogy(x, x)", [0], static x => x.Call("xlogy", "Tensor", x)),
        new(_group, "entr@0", "entr(x)", [0], Op("special_entr")),
        new(_group, "asin@1", "asin(x)", [1], Op("asin")),
        new(_group, "acosh@1", "acosh(x)", [1], Op("acosh")),
        new(_group, "atanh@1", "atanh(x)", [1], Op("atanh")),
        new(_group, "hypot@0,0", "hypot(a, b)", [0, 0], static x => x.At(0).Call("hypot", "", x.At(1))) { Remark = "a norm, which has 0 by libtorch's own rule" },
        new(_group, "atan2@0,0", "atan2(a, b)", [0, 0], static x => x.At(0).Call("atan2", "", x.At(1))),
        new(_group, "logsumexp@-inf", "logsumexp(x)", [double.NegativeInfinity, double.NegativeInfinity], static x => x.Call("logsumexp", "", List(0), false)),
        Where("where_gt@0", "where(x > 0, x, 0)", "gt", root: false),
        Where("where_ge@0", "where(x ≥ 0, x, 0)", "ge", root: false),
        Where("where_sqrt@0", "where(x > 0, sqrt(x), 0)", "gt", root: true) with { Remark = "0 · ∞ in the branch that was not taken" },
    ];

    private static KinkRow Where(string id, string expression, string comparison, bool root) => new(
        _group,
        id,
        expression,
        [0],
        x => x.Call(comparison, "Tensor", x.One(0)).Call("where", "self", root ? x.Call("sqrt", "") : x, x.One(0)),
        x => Functions.Where(comparison == "gt" ? Functions.Greater(x, 0) : Functions.GreaterEqual(x, 0), root ? Functions.Sqrt(x) : x, 0))
    {
        Remark = "the program chooses",
    };
}
