using Nonsmooth.Engines.Cells;
using static Nonsmooth.Engines.Deviations.CellTests;
using static Nonsmooth.Engines.Deviations.RecordingNames;

namespace Nonsmooth.Engines.Deviations.Rows;

/// <summary>Where the engine is wrong, or says NaN.</summary>
internal static class WrongAnswers
{
    public static IEnumerable<Deviation> All =>
    [
        new(
            DeviationCause.EngineIsWrong,
            "0 · ∞ is formed: NaN. Right: 0, where the rectifier (or |x|) has slope 0; ours passes nothing there.",
            [TensorFlowEager, Paddle],
            ["relu.sqrt", "identity.sqrt_square_relu", "pdist.expand_sqrt", "program.relu_dead_sqrt"]) { When = TheirsIsNaN },
        new(
            DeviationCause.EngineIsWrong,
            "0 · ∞ is formed where |x| has slope 0: NaN. Ours passes nothing through a slope 0.",
            [.. Torch, .. TensorFlow, .. Casadi, Tinygrad, Autograd, PyTensor],
            ["sqrt_abs", "pow.abs_0_5", "norm.half", "norm.3"]) { When = TheirsIsNaN },
        new(
            DeviationCause.EngineIsWrong,
            "0 · ∞ is formed in forward mode: NaN. Right: 0, relu is off.",
            [TensorFlowEager],
            ["triplet.margin"]) { Kinds = [CellKind.Forward], Points = ["zeros", "signed_zeros"] },
        new(
            DeviationCause.EngineIsWrong,
            "x to the power 0 is constant: right is 0, at 0 too. NaN is 0·∞.",
            [.. Jax, .. TensorFlow, Warp],
            ["pow.zero_exponent"]),
        new(
            DeviationCause.EngineIsWrong,
            "s² underflows in the derivative of sin(s)/s: ∓∞. Right: 0.",
            [.. Jax, TensorFlowXla, Autograd],
            ["sinc.double_where", "sinc"]) { When = IsLeastNormal },
        new(
            DeviationCause.EngineIsWrong,
            "A subnormal number on the way (the inverse of e^88, the half of the least normal number, log of the least) is flushed to 0; right is 1.",
            [.. Jax, .. TensorFlow, Tinygrad],
            ["softplus.log_1_exp", "relu.exp_log", "identity.leaky_inverse"]) { When = IsFlushed },
        new(
            DeviationCause.EngineIsWrong,
            "The value is flushed to 0, which counts as the right side; right is the left slope.",
            [TensorFlowEager],
            ["selu"]) { When = IsLeastNormal },
        new(
            DeviationCause.EngineIsWrong,
            "e^88 squared overflows in 32 bits: ∞/∞ or its pieces. Right: 0.",
            [.. Jax, TensorFlowEager, Autograd, PyTensor],
            ["tanh.exp"]) { Format = "f32", Points = ["88", "-88"] },
        new(
            DeviationCause.EngineIsWrong,
            "A probability below the least normal number is flushed to 0, or multiplied 0·∞.",
            [.. Jax, .. TensorFlow, Paddle],
            ["log_softmax.log"]) { Format = "f32", Points = ["huge"] },
        new(
            DeviationCause.EngineIsWrong,
            "0·∞ in forward mode: NaN. Right: ∞.",
            [TensorFlowEager],
            ["pow.exp2"]) { Format = "f32", Points = ["200"] },
        new(
            DeviationCause.EngineIsWrong,
            "In 64 bits the slope 1/6 is the 32-bit number.",
            TorchEager,
            ["hardsigmoid", "hardswish.hardsigmoid"]) { Format = "f64" },
        new(
            DeviationCause.EngineIsWrong,
            "In 64 bits the backward pass of an average divides by nine in 32 bits.",
            [Paddle],
            ["avg_pool2d.padded"]) { Kinds = [CellKind.Reverse] },
        new(
            DeviationCause.EngineIsWrong,
            "The gradient of a sort is 0. Right: that of the permutation.",
            [Tinygrad],
            ["relu.sort_of_stack", "relu.topk_of_stack", "identity.sort_sum", "clip.sort3", "maximum.sort_xy", "max.sort_last", "max.topk", "min.sort_first", "sort", "sort.descending", "topk.2", "topk.sum3"]),
        new(
            DeviationCause.EngineIsWrong,
            "In 64 bits the sine of 200 is good to eight digits.",
            [Tinygrad],
            ["abs.sin", "sinc.double_where"]) { Format = "f64", Points = ["200", "-200"] },
        new(
            DeviationCause.EngineIsWrong,
            "erf is a polynomial of |x|, good to seven digits, with slope 0 at 0. Right at 0: 2/√π.",
            [Tinygrad],
            ["erf"]),
        new(
            DeviationCause.EngineIsWrong,
            "Forward mode of a sort along axis 0 of a matrix leaves the tangent where it was. Right: permuted as the values are.",
            [Autograd],
            ["relu.sort_of_stack", "clip.sort3", "maximum.sort_xy"]) { Kinds = [CellKind.Forward] },
        new(
            DeviationCause.EngineIsWrong,
            "The ∞-norm is differentiated by the formula for finite p: NaN. Right: sign(x) where |x| is greatest.",
            [Autograd],
            ["abs.norm_inf", "norm_inf.stack_xy", "max.norm_inf_shifted", "norm.inf"]),
        new(
            DeviationCause.EngineIsWrong,
            "Here forward mode drops the second operand of a difference. Right: −sign(x − y); 1 − clip(x).",
            [PyTensor],
            ["l1.abs_xy", "lerp_clip"]) { Kinds = [CellKind.Forward] },
        new(
            DeviationCause.EngineIsWrong,
            "∞ − ∞ where e^x overflows: NaN. Right: the softmax.",
            [PyTensor],
            ["softplus.logsumexp", "logsumexp"]) { When = TheirsIsNaN },
        new(
            DeviationCause.EngineIsWrong,
            "In 64 bits ln 2, and 1/3, are 32-bit numbers.",
            [PyTensor],
            ["pow.exp2", "norm.3"]) { Format = "f64" },
    ];
}
