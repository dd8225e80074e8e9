using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Points at which slopes are infinite or not numbers.</summary>
internal static class Singularities
{
    private const string _group = "Singularities";
    private const string _chosen = "the program chooses";

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "sqrt@0", "sqrt", 0).Recorded(Everyone.Recorded),
        Of(_group, "pow_half@0", "sqrt.pow_half_tensor", 0).Seen("jax tensorflow"),
        Of(_group, "rsqrt@0", "rsqrt", 0).Recorded(Everyone.Activations),
        Of(_group, "reciprocal@0", "reciprocal", 0),
        Of(_group, "log@0", "log", 0).Seen("jax tensorflow"),
        Of(_group, "pow@0,0", "pow.xy", 0, 0).Recorded("paddle tinygrad autograd").Recorded("jax tensorflow pytensor", double.NaN, 0).Recorded("casadi warp", double.NaN, double.NegativeInfinity) with
        {
            Remark = "both slopes are masked where a power of 0 is taken; b·a^(b−1) and a^b·ln a are NaN and −∞",
        },
        Of(_group, "xlogy@0", "xlogx.xlogy", 0).Recorded("jax", double.NaN).Recorded("tensorflow", 0),
        Of(_group, "entr@0", "xlogx.entropy", 0).Recorded("jax", double.PositiveInfinity),
        Of(_group, "asin@1", "asin", 1),
        Of(_group, "acosh@1", "acosh", 1),
        Of(_group, "atanh@1", "atanh", 1),
        Of(_group, "hypot@0,0", "hypot.xy", 0, 0).Recorded("tensorflow").Recorded("jax", 0.5, 0.5).Recorded("paddle autograd casadi", double.NaN, double.NaN) with { Remark = "a norm, which has 0 by libtorch's own rule" },
        Of(_group, "atan2@0,0", "atan2.xy", 0, 0).Recorded("jax tensorflow paddle autograd pytensor casadi", double.NaN, double.NaN).Recorded("warp", 0, 0),
        Of(_group, "logsumexp@-inf", "logsumexp", double.NegativeInfinity, double.NegativeInfinity),
        Of(_group, "where_gt@0", "relu.where_gt", 0).Recorded(Everyone.Recorded) with { Remark = _chosen },
        Of(_group, "where_ge@0", "relu.where_ge", 0).Recorded(Everyone.Recorded) with { Remark = _chosen },
        Of(_group, "where_sqrt@0", "relu.unsafe_sqrt", 0).Recorded("jax paddle tinygrad autograd warp").Recorded("tensorflow pytensor casadi", 0) with { Remark = "0 · ∞ in the branch that was not taken" },
    ];
}
