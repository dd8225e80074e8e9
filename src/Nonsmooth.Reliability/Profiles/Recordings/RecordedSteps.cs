using static Nonsmooth.Reliability.Profiles.Recordings.RecordedRow;

namespace Nonsmooth.Reliability.Profiles.Recordings;

/// <summary>Absolute values and steps.</summary>
internal static class RecordedSteps
{
    public static IReadOnlyDictionary<string, RecordedRow> Rows { get; } = new Dictionary<string, RecordedRow>
    {
        ["abs@0"] = Recorded("abs", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["round@0.5"] = Recorded("round", "jax paddle tinygrad autograd pytensor warp"),
        ["floor@1"] = Recorded("floor", "jax paddle tinygrad autograd pytensor casadi warp"),
        ["ceil@1"] = Recorded("ceil", "").But("jax", 0).But("paddle", 0).But("tinygrad", 0).But("autograd", 0).But("pytensor", 0).But("casadi", 0).But("warp", 0),
        ["trunc@1"] = Recorded("trunc", "").But("jax", 0).But("paddle", 0).But("tinygrad", 0).But("autograd", 0).But("pytensor", 0).But("warp", 0),
        ["frac@1"] = Recorded("frac", "").But("jax", 1).But("paddle", 1).But("warp", 0),
        ["fmod@1"] = Recorded("frac.fmod", "").But("jax", 1).But("tinygrad", 1).But("casadi", 1).But("warp", 1),
        ["remainder@1"] = Recorded("frac.remainder", "").But("jax", 1).But("tensorflow", 1).But("paddle", 1).But("tinygrad", 1).But("autograd", 1).But("pytensor", 1).But("casadi", 1),
    };
}
