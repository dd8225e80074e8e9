using Nonsmooth.Dictionary;
using static Nonsmooth.Reliability.Profiles.Declaration;
using static Nonsmooth.Reliability.Profiles.Rows.Spelling;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>abs, and functions that jump.</summary>
internal static class Steps
{
    private const string _group = "Absolute value and steps";

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "abs@0", "|x|", [0], Op("abs"), Functions.Abs),
        new(_group, "sign@0", "sign(x)", [0], Op("sign"), Functions.Sign) { Jax = Seen, TensorFlow = Seen },
        new(_group, "round@0.5", "round(x)", [0.5], Op("round"), Functions.Round) { Remark = "TensorFlow gives no gradient at all" },
        new(_group, "floor@1", "floor(x)", [1], Op("floor"), Functions.Floor) { Remark = "TensorFlow gives no gradient at all" },
        new(_group, "ceil@1", "ceil(x)", [1], Op("ceil")),
        new(_group, "trunc@1", "trunc(x)", [1], Op("trunc")),
        new(_group, "frac@1", "frac(x)", [1], Op("frac")) { TensorFlow = Seen.As(1) },
        new(_group, "fmod@1", "fmod(x, 1)", [1], static x => x.Call("fmod", "Tensor", x.One(1))) { Remark = "TensorFlow has no gradient for it" },
        new(_group, "remainder@1", "remainder(x, 1)", [1], static x => x.Call("remainder", "Tensor", x.One(1))),
        new(_group, "heaviside@0", "heaviside(x, 0.5)", [0], static x => x.Call("heaviside", "", x.One(0.5))) { Remark = "libtorch has no derivative for it" },
    ];
}
