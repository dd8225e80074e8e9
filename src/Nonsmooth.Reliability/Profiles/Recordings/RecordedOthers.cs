using static Nonsmooth.Reliability.Profiles.Recordings.RecordedRow;

namespace Nonsmooth.Reliability.Profiles.Recordings;

/// <summary>Orders, norms, singular points and losses.</summary>
internal static class RecordedOthers
{
    public static IReadOnlyDictionary<string, RecordedRow> Rows { get; } = new Dictionary<string, RecordedRow>
    {
        ["median@tie"] = Recorded("median.odd", "jax tensorflow paddle autograd"),
        ["quantile@tie"] = Recorded("median.quantile", "jax tensorflow").But("libtorch-2.14"),
        ["quantile@even"] = Recorded("median.quantile", "jax tensorflow"),
        ["sort@tie"] = Recorded("sort", "jax tensorflow paddle").ByTheRowsProgram(),
        ["topk@tie"] = Recorded("topk.2", "jax tensorflow"),
        ["norm2@0"] = Recorded("norm.2", "jax tensorflow autograd pytensor casadi warp"),
        ["vector_norm@0"] = Recorded("norm.2", "jax tensorflow autograd pytensor casadi warp"),
        ["norm1@0"] = Recorded("norm1.stack_xy", "jax tensorflow pytensor").But("paddle", 0, 0.9999999999989999),
        ["norminf@tie"] = Recorded("norm.inf", "jax tensorflow paddle pytensor casadi"),
        ["norminf@0"] = Recorded("norm.inf", "jax tensorflow paddle autograd pytensor casadi"),
        ["norm0.5@0"] = Recorded("norm.half", "jax"),
        ["std@equal"] = Recorded("std", "jax tensorflow pytensor"),
        ["sqrt@0"] = Recorded("sqrt", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["rsqrt@0"] = Recorded("rsqrt", "jax tensorflow paddle tinygrad"),
        ["pow@0,0"] = Recorded("pow.xy", "paddle tinygrad autograd").But("jax", double.NaN, 0).But("tensorflow", double.NaN, 0).But("pytensor", double.NaN, 0).But("casadi", double.NaN, double.NegativeInfinity).But("warp", double.NaN, double.NegativeInfinity),
        ["xlogy@0"] = Recorded("xlogx.xlogy", "").But("jax", double.NaN).But("tensorflow", 0),
        ["entr@0"] = Recorded("xlogx.entropy", "").But("jax", double.PositiveInfinity),
        ["hypot@0,0"] = Recorded("hypot.xy", "tensorflow").But("jax", 0.5, 0.5).But("paddle", double.NaN, double.NaN).But("autograd", double.NaN, double.NaN).But("casadi", double.NaN, double.NaN),
        ["atan2@0,0"] = Recorded("atan2.xy", "").But("jax", double.NaN, double.NaN).But("tensorflow", double.NaN, double.NaN).But("paddle", double.NaN, double.NaN).But("autograd", double.NaN, double.NaN).But("pytensor", double.NaN, double.NaN).But("casadi", double.NaN, double.NaN).But("warp", 0, 0),
        ["where_gt@0"] = Recorded("relu.where_gt", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["where_ge@0"] = Recorded("relu.where_ge", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["where_sqrt@0"] = Recorded("relu.unsafe_sqrt", "jax paddle tinygrad autograd warp").But("tensorflow", 0).But("pytensor", 0).But("casadi", 0),
        ["l1@0"] = Recorded("abs.l1_loss", "tensorflow paddle"),
        ["smooth_l1@1"] = Recorded("smooth_l1", "paddle"),
        ["huber@1"] = Recorded("huber", "tensorflow paddle"),
        ["hinge@1"] = Recorded("relu.hinge_clip", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
    };
}
