using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>The greater of two arguments that are equal.</summary>
internal static class Pairs
{
    private const string _group = "Greater of two";
    private const double _belowHalf = 0.49999999999999994;

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "maximum@tie", "maximum.xy", 1, 1).Recorded(Everyone.Recorded),
        Of(_group, "minimum@tie", "minimum.xy", 1, 1).Recorded(Everyone.Recorded),
        Of(_group, "maximum_x0@0", "relu.maximum_scalar", 0).Recorded("jax tensorflow tinygrad autograd pytensor casadi warp") with { Remark = "relu, with another slope at 0" },
        Of(_group, "maximum_0x@0", "relu.maximum_0_x", 0).Recorded(Everyone.Recorded) with { Remark = "TensorFlow gives the tie to the first argument, here the constant" },
        Of(_group, "fmax@tie", "fmax.xy", 1, 1).Recorded("casadi").Recorded("libtorch-2.14 autograd", 0.5, 0.5).Recorded("jax", 0, 1).Recorded("paddle", 1, 0),
        Of(_group, "fmin@tie", "fmin.xy", 1, 1).Recorded("casadi").Recorded("libtorch-2.14 autograd", 0.5, 0.5).Recorded("jax", 0, 1).Recorded("paddle", 1, 0),
        Of(_group, "logaddexp@tie", "logaddexp.xy", 1, 1).Recorded("tensorflow").Recorded("jax autograd", _belowHalf, _belowHalf).Recorded("paddle tinygrad pytensor", 0.5, 0.5) with { Remark = "smooth" },
    ];
}
