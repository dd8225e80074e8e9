using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>The greatest of several entries of which two are equal.</summary>
internal static class Extremes
{
    private const string _group = "Greatest of several";
    private const string _indexed = "follows the index that libtorch returns, where the dictionary's max over axes averages as amax does";

    private static readonly double[] _high = [2, 2, 1];
    private static readonly double[] _low = [1, 1, 2];

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "max@tie", "max", _high).Recorded(Everyone.Recorded),
        Of(_group, "min@tie", "min", _low).Recorded(Everyone.Recorded),
        Of(_group, "amax@tie", "max.amax", _high).Recorded("jax tensorflow paddle autograd"),
        Of(_group, "amin@tie", "min.amin", _low).Recorded("jax tensorflow paddle autograd"),
        Of(_group, "max_dim@tie", "max.axis", _high).Recorded("jax tensorflow paddle tinygrad autograd pytensor") with { ProgramIsLibTorch = false, Remark = _indexed },
        Of(_group, "min_dim@tie", "min.axis", _low).Recorded("jax tensorflow") with { ProgramIsLibTorch = false, Remark = _indexed },
        Of(_group, "argmax@tie", "max.take_argmax", _high).Seen("jax tensorflow", 1, 0, 0),
        Of(_group, "argmin@tie", "min.take_argmin", _low).Seen("jax tensorflow", 1, 0, 0),
        Of(_group, "logsumexp@tie", "logsumexp", 1, 1).Recorded("jax tensorflow paddle tinygrad autograd pytensor casadi") with { Remark = "smooth" },
        Of(_group, "softmax@tie", "softmax.times_x", 1, 1) with { Remark = "smooth" },
    ];
}
