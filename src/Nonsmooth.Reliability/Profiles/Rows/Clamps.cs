using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>clamp at its bounds.</summary>
internal static class Clamps
{
    private const string _group = "Clamps";

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "clamp@lo", "clip", -1).Recorded(Everyone.Recorded) with { Remark = "jax.numpy.clip; jax.lax.clamp has 0" },
        Of(_group, "clamp@hi", "clip", 1).Recorded(Everyone.Recorded) with { Remark = "jax.numpy.clip; jax.lax.clamp has 0" },
        Of(_group, "clamp_tensor@lo", "clip.tensor_bounds", -1).Recorded("jax").Recorded("libtorch-2.14", 0.5).Recorded("tensorflow tinygrad pytensor warp", 1).Recorded("autograd", 0),
        Of(_group, "clamp_min@0", "relu.clip_min", 0).Recorded(Everyone.Recorded),
        Of(_group, "clamp_max@0.5", "min.clip_max_half", 0.5).Seen("jax tensorflow"),
        Of(_group, "clamp00@0", "zero.clip_0_0", 0) with { Remark = "constant 0, with slope 1 at 0" },
    ];
}
