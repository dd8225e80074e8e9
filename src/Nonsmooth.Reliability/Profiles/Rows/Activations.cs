using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Activations at their kinks.</summary>
internal static class Activations
{
    private const string _group = "Activations";

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "relu@0", "relu", 0).Recorded(Everyone.Recorded),
        Of(_group, "relu@-0", "relu", -0.0).Recorded(Everyone.Recorded),
        Of(_group, "relu@nan", "relu", double.NaN).Recorded("jax tensorflow paddle tinygrad autograd pytensor warp", 0).Recorded("casadi", double.NaN) with
        {
            Remark = "libtorch asks x ≤ 0, which NaN fails, so the gradient passes; the others ask x > 0",
        },
        Of(_group, "relu6@0", "relu6", 0).Recorded(Everyone.Activations),
        Of(_group, "relu6@6", "relu6", 6).Recorded(Everyone.Activations),
        Of(_group, "leaky_relu@0", "leaky_relu", 0).Recorded("jax paddle tinygrad").Recorded("tensorflow", 0.10000000149011612),
        Of(_group, "prelu@0", "leaky_relu.prelu_quarter", 0),
        Of(_group, "rrelu@0", "leaky_relu.rrelu_mean", 0),
        Of(_group, "elu1@0", "elu", 0).Seen("jax tensorflow"),
        Of(_group, "elu2@0", "elu.alpha2", 0).Recorded(Everyone.Activations) with { Remark = "concave at 0: the least supergradient would be 1" },
        Of(_group, "selu@0", "selu", 0).Recorded("jax tensorflow tinygrad").Recorded("paddle", 1.7580993175506592) with { Remark = "concave at 0: the least supergradient would be 1.0507" },
        Of(_group, "celu2@0", "celu", 0).Recorded("jax tensorflow tinygrad").Recorded("paddle", 1) with { Remark = "smooth at 0" },
        Of(_group, "hardtanh@-1", "clip.hardtanh", -1).Recorded(Everyone.Activations),
        Of(_group, "hardtanh@1", "clip.hardtanh", 1).Recorded(Everyone.Activations),
        Of(_group, "hardsigmoid@-3", "hardsigmoid", -3).Recorded(Everyone.Activations),
        Of(_group, "hardsigmoid@3", "hardsigmoid", 3).Recorded(Everyone.Activations),
        Of(_group, "hardswish@-3", "hardswish", -3).Recorded(Everyone.Activations),
        Of(_group, "hardswish@3", "hardswish", 3).Recorded(Everyone.Activations),
        Of(_group, "hardshrink@-0.5", "hardshrink", -0.5).Recorded("tensorflow", 0).Recorded("paddle", 1),
        Of(_group, "hardshrink@0.5", "hardshrink", 0.5).Recorded("tensorflow", 0).Recorded("paddle", 1),
        Of(_group, "softshrink@-0.5", "softshrink", -0.5).Recorded("tensorflow paddle", 0),
        Of(_group, "softshrink@0.5", "softshrink", 0.5).Recorded("tensorflow paddle", 0),
        Of(_group, "threshold@0", "relu.threshold", 0).Recorded("tensorflow paddle", 0),
        Of(_group, "softsign@0", "softsign.abs", 0).Recorded(Everyone.Recorded) with { Remark = "smooth: x = 0 cancels whatever abs'(0) is" },
    ];
}
