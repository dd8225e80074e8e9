using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>abs, and functions that jump.</summary>
internal static class Steps
{
    private const string _group = "Absolute value and steps";

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "abs@0", "abs", 0).Recorded(Everyone.Recorded),
        Of(_group, "sign@0", "sign", 0).Seen("jax tensorflow"),
        Of(_group, "round@0.5", "round", 0.5).Recorded("jax paddle tinygrad autograd pytensor warp") with { Remark = "TensorFlow gives no gradient at all" },
        Of(_group, "floor@1", "floor", 1).Recorded("jax paddle tinygrad autograd pytensor casadi warp") with { Remark = "TensorFlow gives no gradient at all" },
        Of(_group, "ceil@1", "ceil", 1).Recorded("jax paddle tinygrad autograd pytensor casadi warp", 0),
        Of(_group, "trunc@1", "trunc", 1).Recorded("jax paddle tinygrad autograd pytensor warp", 0),
        Of(_group, "frac@1", "frac", 1).Seen("tensorflow", 1).Recorded("jax paddle", 1).Recorded("warp", 0),
        Of(_group, "fmod@1", "frac.fmod", 1).Recorded("jax tinygrad casadi warp", 1) with { Remark = "TensorFlow has no gradient for it" },
        Of(_group, "remainder@1", "frac.remainder", 1).Recorded("jax tensorflow paddle tinygrad autograd pytensor casadi", 1),
        Of(_group, "heaviside@0", "heaviside", 0) with { Remark = "libtorch has no derivative for it" },
    ];
}
