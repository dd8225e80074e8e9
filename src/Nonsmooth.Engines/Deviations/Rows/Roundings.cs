using static Nonsmooth.Engines.Deviations.CellTests;
using static Nonsmooth.Engines.Deviations.RecordingNames;

namespace Nonsmooth.Engines.Deviations.Rows;

/// <summary>Roundings of compositions.</summary>
internal static class Roundings
{
    public static IEnumerable<Deviation> All =>
    [
        new(
            DeviationCause.Rounding,
            "exp(log x) is rewritten as x: nothing is rounded.",
            [PyTensor],
            ["relu.exp_log"]) { When = IsLeastNormal },
        new(
            DeviationCause.Rounding,
            "The inverse of a subnormal probability overflows here.",
            TorchEager,
            ["log_softmax.log"]) { Format = "f32", Points = ["huge"] },
        new(
            DeviationCause.Rounding,
            "x/6 + ½ is computed as x·(1/6) + ½ or in one rounding: −3 lands beside the kink.",
            [JaxJit, TensorFlowXla, Tinygrad],
            ["hardsigmoid.clip", "hardswish.clip"]) { Points = ["-3", "-2.9999999999999996", "-2.999999761581421"] },
        new(
            DeviationCause.Rounding,
            "(x + 3) − 6 is folded into x − 3: the neighbour of 3 is beyond the kink.",
            [Tinygrad],
            ["hardsigmoid", "hardsigmoid.relu6", "hardswish", "hardswish.relu6", "hardswish.hardsigmoid"]) { Points = ["3.0000000000000004", "3.000000238418579"] },
        new(
            DeviationCause.Rounding,
            "x + 3 is rounded to 6 for the neighbour of 3, which lands on the kink.",
            [Paddle],
            ["hardswish"]) { Points = ["2.9999999999999996", "2.999999761581421"] },
        new(
            DeviationCause.Rounding,
            "x² + y² − 2xy cancels but for the rounding, whose root is what is left.",
            [JaxJit, TensorFlowXla],
            ["pdist.expand_sqrt"]) { Points = ["tiny"] },
        new(
            DeviationCause.Rounding,
            "The slope of eˣ − 1 here is α·eˣ; the engine computes it from the value, y + α, which cancels, or rounds the exponential otherwise.",
            [.. Torch, .. Jax, .. TensorFlow, Paddle, Tinygrad, Autograd],
            ["elu.alpha2", "elu.where_expm1", "selu", "celu", "expm1"]),
        new(
            DeviationCause.Rounding,
            "Exponentials and their sums, in another order or by another formula.",
            [.. Torch, .. Jax, .. TensorFlow, .. Casadi, Paddle, Tinygrad, Autograd, PyTensor],
            ["softmax", "softmax.exp_max", "softmax.plain", "log_softmax", "log_softmax.log", "logsumexp", "logsumexp.max", "logsumexp.plain"]),
        new(
            DeviationCause.Rounding,
            "Sums of squares that cancel, in another order.",
            [.. Torch, .. Jax, .. TensorFlow, Paddle, Tinygrad, PyTensor],
            ["layer_norm", "standardize", "std", "var", "mean_abs_deviation", "program.batch_norm_constant"]),
        new(
            DeviationCause.Rounding,
            "Norms, and quotients by them, in another order.",
            [.. Jax, .. TensorFlow, .. Casadi, .. TorchEager, Paddle, Tinygrad, Autograd, PyTensor, Warp],
            ["norm.3", "normalize", "normalize.divide", "normalize.rsqrt_eps", "clip_by_norm", "clip_by_norm.min", "triplet.margin", "relu.norm2_of_stack", "max_of_abs_minus_max"]),
        new(
            DeviationCause.Rounding,
            "A quotient whose slope is a difference that cancels, by another formula.",
            [.. Torch, .. Jax, .. TensorFlow, .. Casadi, Paddle, Tinygrad, Autograd, PyTensor, Warp],
            ["softsign", "softsign.abs", "squareplus", "quick_gelu", "mish", "tanh.exp", "tanh", "sigmoid.exp", "sigmoid.where"]),
        new(
            DeviationCause.Rounding,
            "log(1 + eˣ), by another formula where one of the terms is small.",
            [.. Torch, .. TensorFlow, JaxEager, Paddle, Tinygrad, Autograd, PyTensor],
            ["softplus", "softplus.logsumexp", "softplus.log_1_exp", "logsigmoid", "log_cosh.softplus"]),
        new(
            DeviationCause.Rounding,
            "A product of ½, δ and the least normal number, which one of the two rounds to 0.",
            [.. Torch, .. Jax, .. TensorFlow, Paddle],
            ["huber", "huber.where", "smooth_l1"]),
        new(
            DeviationCause.Rounding,
            "A product with the least normal number, which one of the two rounds to 0.",
            [Autograd],
            ["abs.x_abs_x", "pow.abs_1_5"]),
        new(
            DeviationCause.Rounding,
            "Vectorized approximations.",
            [TorchCompiled, Paddle],
            ["erf", "erfc"]),
        new(
            DeviationCause.Rounding,
            "eˣ is 2^(x·log₂e), xʸ is 2^(y·log₂x), and the sine a polynomial.",
            [Tinygrad],
            ["relu.exp_log", "abs.sin", "sqrt.exp_half_log", "pow.three_tensor", "sinc.double_where"]),
        new(
            DeviationCause.Rounding,
            "x·relu6(x + 3)/6 in one rounding.",
            [JaxJit],
            ["hardswish.relu6"]),
    ];
}
