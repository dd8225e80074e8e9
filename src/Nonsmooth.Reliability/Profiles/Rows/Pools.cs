using Nonsmooth.Tensors;
using static Nonsmooth.Reliability.Profiles.KinkRow;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Pooling windows whose entries tie.</summary>
internal static class Pools
{
    private const string _group = "Pooling";

    private static readonly double[] _tied = [1, 1, 1, 1];
    private static readonly Shape _plane = new(1, 1, 2, 2);

    public static IEnumerable<KinkRow> Rows =>
    [
        Of(_group, "max_pool1d@tie", "max_pool1d.4", _tied).Recorded(Everyone.Activations) with { Shape = new Shape(1, 1, 4), RecordedAs = "max_pool1d" },
        Of(_group, "max_pool2d@tie", "max_pool2d.2", _tied).Recorded(Everyone.Activations) with { Shape = _plane, Remark = "TensorFlow on a GPU takes cuDNN's" },
        Of(_group, "max_pool3d@tie", "max_pool3d.2", 1, 1, 1, 1, 1, 1, 1, 1).Recalled("jax tensorflow", 1, 0, 0, 0, 0, 0, 0, 0) with { Shape = new Shape(1, 1, 2, 2, 2) },
        Of(_group, "adaptive_max_pool2d@tie", "adaptive_max_pool2d.1", _tied) with { Shape = _plane },
        Of(_group, "max_pool2d@nan", "max_pool2d.2", 1, double.NaN, 2, 3) with { Shape = _plane, Remark = "NaN is the maximum and takes the gradient" },
        Of(_group, "lp_pool2d@0", "lp_pool2d.2", 0, 0, 0, 0) with { Shape = _plane },
    ];
}
