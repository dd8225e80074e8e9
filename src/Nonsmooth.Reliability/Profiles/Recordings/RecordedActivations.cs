using static Nonsmooth.Reliability.Profiles.Recordings.RecordedRow;

namespace Nonsmooth.Reliability.Profiles.Recordings;

/// <summary>Activations.</summary>
internal static class RecordedActivations
{
    public static IReadOnlyDictionary<string, RecordedRow> Rows { get; } = new Dictionary<string, RecordedRow>
    {
        ["relu@0"] = Recorded("relu", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["relu@-0"] = Recorded("relu", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
        ["relu@nan"] = Recorded("relu", "").But("jax", 0).But("tensorflow", 0).But("paddle", 0).But("tinygrad", 0).But("autograd", 0).But("pytensor", 0).But("casadi", double.NaN).But("warp", 0),
        ["relu6@0"] = Recorded("relu6", "jax tensorflow paddle tinygrad"),
        ["relu6@6"] = Recorded("relu6", "jax tensorflow paddle tinygrad"),
        ["leaky_relu@0"] = Recorded("leaky_relu", "jax paddle tinygrad").But("tensorflow", 0.10000000149011612),
        ["elu2@0"] = Recorded("elu.alpha2", "jax tensorflow paddle tinygrad"),
        ["selu@0"] = Recorded("selu", "jax tensorflow tinygrad").But("paddle", 1.7580993175506592),
        ["celu2@0"] = Recorded("celu", "jax tensorflow tinygrad").But("paddle", 1),
        ["hardtanh@-1"] = Recorded("clip.hardtanh", "jax tensorflow paddle tinygrad"),
        ["hardtanh@1"] = Recorded("clip.hardtanh", "jax tensorflow paddle tinygrad"),
        ["hardsigmoid@-3"] = Recorded("hardsigmoid", "jax tensorflow paddle tinygrad"),
        ["hardsigmoid@3"] = Recorded("hardsigmoid", "jax tensorflow paddle tinygrad"),
        ["hardswish@-3"] = Recorded("hardswish", "jax tensorflow paddle tinygrad"),
        ["hardswish@3"] = Recorded("hardswish", "jax tensorflow paddle tinygrad"),
        ["hardshrink@-0.5"] = Recorded("hardshrink", "").But("tensorflow", 0).But("paddle", 1),
        ["hardshrink@0.5"] = Recorded("hardshrink", "").But("tensorflow", 0).But("paddle", 1),
        ["softshrink@-0.5"] = Recorded("softshrink", "").But("tensorflow", 0).But("paddle", 0),
        ["softshrink@0.5"] = Recorded("softshrink", "").But("tensorflow", 0).But("paddle", 0),
        ["threshold@0"] = Recorded("relu.threshold", "").But("tensorflow", 0).But("paddle", 0),
        ["softsign@0"] = Recorded("softsign.abs", "jax tensorflow paddle tinygrad autograd pytensor casadi warp"),
    };
}
