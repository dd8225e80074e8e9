using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.Tensors;
using static Nonsmooth.LibTorch.Autograd.AutogradArgument;
using static Nonsmooth.Reliability.Profiles.Declaration;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Pooling windows whose entries tie.</summary>
internal static class Pools
{
    private const string _group = "Pooling";

    private static readonly double[] _tied = [1, 1, 1, 1];

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "max_pool1d@tie", "max_pool1d(x, 4)", _tied, static x => x.Shaped(1, 1, 4).Call("max_pool1d", "", List(4), List(4), List(0), List(1), false), static x => Functions.MaxPool2d(x.Reshape(new Shape(1, 1, 1, 4)), new(1, 4))),
        new(_group, "max_pool2d@tie", "max_pool2d(x, 2)", _tied, static x => Pool2d(x.Shaped(1, 1, 2, 2)), static x => Functions.MaxPool2d(x.Reshape(new Shape(1, 1, 2, 2)), 2))
        {
            Remark = "TensorFlow on a GPU takes cuDNN's",
        },
        new(_group, "max_pool3d@tie", "max_pool3d(x, 2)", [1, 1, 1, 1, 1, 1, 1, 1], static x => x.Shaped(1, 1, 2, 2, 2).Call("max_pool3d", "", List(2, 2, 2), List(2, 2, 2), List(0, 0, 0), List(1, 1, 1), false))
        {
            Jax = Recalled.As(1, 0, 0, 0, 0, 0, 0, 0),
            TensorFlow = Recalled.As(1, 0, 0, 0, 0, 0, 0, 0),
        },
        new(_group, "adaptive_max_pool2d@tie", "adaptive_max_pool2d(x, 1)", _tied, static x => x.Shaped(1, 1, 2, 2).CallMany("adaptive_max_pool2d", "", 2, List(1, 1))[0]),
        new(_group, "max_pool2d@nan", "max_pool2d(x, 2)", [1, double.NaN, 2, 3], static x => Pool2d(x.Shaped(1, 1, 2, 2))) { Remark = "NaN is the maximum and takes the gradient" },
        new(_group, "lp_pool2d@0", "lp_pool2d(x, 2, 2)", [0, 0, 0, 0], static x => LpPool(x.Shaped(1, 1, 2, 2)), static x => Functions.NormPool2d(x.Reshape(new Shape(1, 1, 2, 2)), 2)),
    ];

    private static AutogradTensor Pool2d(AutogradTensor x) => x.Call("max_pool2d", "", List(2, 2), List(2, 2), List(0, 0), List(1, 1), false);

    // As PyTorch composes it: the mean of squares, its sign and relu of its size, times the window, and the root.
    private static AutogradTensor LpPool(AutogradTensor x)
    {
        var mean = x.Call("pow", "Tensor_Tensor", x.Constant([2])).Call("avg_pool2d", "", List(2, 2), List(2, 2), List(0, 0), false, true, None);
        return mean.Call("sign", "").Call("mul", "Tensor", mean.Call("abs", "").Call("relu", ""))
            .Call("mul", "Tensor", x.Constant([4])).Call("pow", "Tensor_Tensor", x.Constant([0.5]));
    }
}
