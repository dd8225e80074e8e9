using static Nonsmooth.Reliability.Profiles.Recordings.RecordedRow;

namespace Nonsmooth.Reliability.Profiles.Recordings;

/// <summary>Clamps, the greatest of two and of several, pooling.</summary>
internal static class RecordedExtremes
{
    public static IReadOnlyDictionary<string, RecordedRow> Rows { get; } = new Dictionary<string, RecordedRow>
    {
        ["clamp@lo"] = Recorded("clip", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["clamp@hi"] = Recorded("clip", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["clamp_tensor@lo"] = Recorded("clip.tensor_bounds", "jax").But("libtorch-2.14", 0.5).But("tensorflow", 1).But("tinygrad", 1).But("autograd", 0).But("pytensor", 1).But("warp", 1),
        ["clamp_min@0"] = Recorded("relu.clip_min", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["maximum@tie"] = Recorded("maximum.xy", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["minimum@tie"] = Recorded("minimum.xy", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["maximum_x0@0"] = Recorded("relu.maximum_scalar", "jax tensorflow tinygrad autograd pytensor casadi warp"),
        ["maximum_0x@0"] = Recorded("relu.maximum_0_x", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["fmax@tie"] = Recorded("fmax.xy", "casadi").But("libtorch-2.14", 0.5, 0.5).But("jax", 0, 1).But("paddle", 1, 0).But("autograd", 0.5, 0.5),
        ["fmin@tie"] = Recorded("fmin.xy", "casadi").But("libtorch-2.14", 0.5, 0.5).But("jax", 0, 1).But("paddle", 1, 0).But("autograd", 0.5, 0.5),
        ["logaddexp@tie"] = Recorded("logaddexp.xy", "tensorflow").But("jax", 0.49999999999999994, 0.49999999999999994).But("paddle", 0.5, 0.5).But("tinygrad", 0.5, 0.5).But("autograd", 0.49999999999999994, 0.49999999999999994).But("pytensor", 0.5, 0.5),
        ["max@tie"] = Recorded("max", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["min@tie"] = Recorded("min", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["amax@tie"] = Recorded("max.amax", "jax tensorflow paddle autograd"),
        ["amin@tie"] = Recorded("min.amin", "jax tensorflow paddle autograd"),
        ["max_dim@tie"] = Recorded("max.axis", "jax tensorflow paddle tinygrad autograd pytensor"),
        ["logsumexp@tie"] = Recorded("logsumexp", "jax tensorflow paddle tinygrad autograd pytensor casadi"),
        ["max_pool1d@tie"] = Recorded("max_pool1d", "jax tensorflow paddle tinygrad").ByTheRowsProgram(),
        ["max_pool2d@tie"] = Recorded("max_pool2d.2", "jax tensorflow paddle tinygrad").ByTheRowsProgram(),
    };
}
