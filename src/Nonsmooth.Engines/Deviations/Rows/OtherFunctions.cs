using Nonsmooth.Engines.Cells;
using static Nonsmooth.Engines.Deviations.RecordingNames;

namespace Nonsmooth.Engines.Deviations.Rows;

/// <summary>Where the engine computes another function of that name.</summary>
internal static class OtherFunctions
{
    public static IEnumerable<Deviation> All =>
    [
        new(
            DeviationCause.AnotherFunction,
            "The loss is computed in 32 bits whatever it is given.",
            [TensorFlowEager],
            ["abs.l1_loss", "l1.loss_xy", "huber"]) { Format = "f64" },
        new(
            DeviationCause.AnotherFunction,
            "The slope below 0 is the 32-bit number 0.1.",
            [TensorFlowEager],
            ["leaky_relu"]) { Format = "f64" },
        new(
            DeviationCause.AnotherFunction,
            "The place of the quantile is computed in 32 bits.",
            [TensorFlowEager],
            ["quantile.tenth"]) { Format = "f64" },
        new(
            DeviationCause.AnotherFunction,
            "The variance was asked times 5/4, which is for five entries; here there are three.",
            TensorFlow,
            ["program.batch_norm_constant"]),
        new(
            DeviationCause.AnotherFunction,
            "Its constants are written with seven digits: the slope is 0.1666667.",
            [Paddle],
            ["hardsigmoid", "hardswish.hardsigmoid"]),
        new(
            DeviationCause.AnotherFunction,
            "Its constants are 32-bit numbers.",
            [Paddle],
            ["selu"]) { Format = "f64" },
        new(
            DeviationCause.AnotherFunction,
            "With β = 0 it is 0, not |x|.",
            [Paddle],
            ["smooth_l1.beta0"]),
        new(
            DeviationCause.AnotherFunction,
            "The median of an even number is the midpoint of two.",
            [Paddle, Autograd, PyTensor],
            ["median.even"]),
        new(
            DeviationCause.AnotherFunction,
            "Exponents below −64 are cut off at −64.",
            [Paddle],
            ["softmax", "log_softmax", "log_softmax.log"]) { Points = ["huge"] },
        new(
            DeviationCause.AnotherFunction,
            "The constant 2 makes it 64 bits wide.",
            [Autograd],
            ["pow.exp2"]) { Format = "f32" },
        new(
            DeviationCause.AnotherFunction,
            "Bounds that are numbers are compared in 32 bits, so that a bound's neighbour is the bound.",
            [PyTensor],
            ["relu.clip_min", "relu.clip_0_inf", "min.clip_max", "clip", "clip.equal_bounds", "relu6.clip", "hardsigmoid.clip", "hardswish.clip", "softshrink.x_minus_clip", "softshrink.where"]) { Format = "f64" },
        new(
            DeviationCause.AnotherFunction,
            "The sign of 0 is 1.",
            [Warp],
            ["relu.x_half_one_plus_sign", "abs.x_sign", "identity.abs_sign"]),
        new(
            DeviationCause.AnotherFunction,
            "(−0) to the power −1 is +∞.",
            [Tinygrad],
            ["pow.xy"]) { Kinds = [CellKind.Value], Points = ["-0, -1"] },
    ];
}
