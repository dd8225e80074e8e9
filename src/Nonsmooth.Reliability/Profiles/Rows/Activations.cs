using Nonsmooth.Dictionary;
using static Nonsmooth.Reliability.Profiles.Declaration;
using static Nonsmooth.Reliability.Profiles.Rows.Spelling;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Activations at their kinks.</summary>
internal static class Activations
{
    private const string _group = "Activations";

    public static IEnumerable<KinkRow> Rows =>
    [
        new(_group, "relu@0", "relu(x)", [0], Op("relu"), Functions.Relu),
        new(_group, "relu@-0", "relu(x)", [-0.0], Op("relu"), Functions.Relu),
        new(_group, "relu@nan", "relu(x)", [double.NaN], Op("relu"), Functions.Relu)
        {
            Remark = "libtorch asks x ≤ 0, which NaN fails, so the gradient passes; the others ask x > 0",
        },
        new(_group, "relu6@0", "relu6(x)", [0], Op("relu6"), Functions.Relu6),
        new(_group, "relu6@6", "relu6(x)", [6], Op("relu6"), Functions.Relu6),
        new(_group, "leaky_relu@0", "leaky_relu(x, 0.1)", [0], Scalars("leaky_relu", 0.1), static x => Functions.LeakyRelu(x, 0.1)),
        new(_group, "prelu@0", "prelu(x, 0.25)", [0], static x => x.Call("prelu", "", x.One(0.25)), static x => Functions.LeakyRelu(x, 0.25)),
        new(_group, "rrelu@0", "rrelu(x, 0.1, 0.3), evaluating", [0], static x => x.CallSymbol("rrelu", "RKN3c106ScalarES8_bSt8optionalINS_9GeneratorEE", 0.1, 0.3, 0L, null), static x => Functions.LeakyRelu(x, (0.1 + 0.3) / 2)),
        new(_group, "elu1@0", "elu(x, 1)", [0], Scalars("elu", 1, 1, 1), static x => Functions.Elu(x)) { Jax = Seen, TensorFlow = Seen },
        new(_group, "elu2@0", "elu(x, 2)", [0], Scalars("elu", 2, 1, 1), static x => Functions.Elu(x, 2)) { Remark = "concave at 0: the least supergradient would be 1" },
        new(_group, "selu@0", "selu(x)", [0], Op("selu"), Functions.Selu) { Remark = "concave at 0: the least supergradient would be 1.0507" },
        new(_group, "celu2@0", "celu(x, 2)", [0], Scalars("celu", 2)) { Remark = "smooth at 0" },
        new(_group, "hardtanh@-1", "hardtanh(x)", [-1], Scalars("hardtanh", -1, 1), Functions.Hardtanh),
        new(_group, "hardtanh@1", "hardtanh(x)", [1], Scalars("hardtanh", -1, 1), Functions.Hardtanh),
        new(_group, "hardsigmoid@-3", "hardsigmoid(x)", [-3], Op("hardsigmoid"), Functions.Hardsigmoid),
        new(_group, "hardsigmoid@3", "hardsigmoid(x)", [3], Op("hardsigmoid"), Functions.Hardsigmoid),
        new(_group, "hardswish@-3", "hardswish(x)", [-3], Op("hardswish"), Functions.Hardswish),
        new(_group, "hardswish@3", "hardswish(x)", [3], Op("hardswish"), Functions.Hardswish),
        new(_group, "hardshrink@-0.5", "hardshrink(x, 0.5)", [-0.5], Scalars("hardshrink", 0.5)),
        new(_group, "hardshrink@0.5", "hardshrink(x, 0.5)", [0.5], Scalars("hardshrink", 0.5)),
        new(_group, "softshrink@-0.5", "softshrink(x, 0.5)", [-0.5], Scalars("softshrink", 0.5)),
        new(_group, "softshrink@0.5", "softshrink(x, 0.5)", [0.5], Scalars("softshrink", 0.5)),
        new(_group, "threshold@0", "threshold(x, 0, 0)", [0], Scalars("threshold", 0, 0), Functions.Relu),
        new(_group, "softsign@0", "x / (1 + |x|)", [0], static x => x.Call("div", "Tensor", x.Call("abs", "").Plus(x.One(1))), static x => x / (Functions.Abs(x) + 1))
        {
            Remark = "smooth: x = 0 cancels whatever abs'(0) is",
        },
    ];
}
