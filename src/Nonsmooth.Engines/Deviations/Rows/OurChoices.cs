using Nonsmooth.Engines.Cells;
using static Nonsmooth.Engines.Deviations.CellTests;
using static Nonsmooth.Engines.Deviations.RecordingNames;

namespace Nonsmooth.Engines.Deviations.Rows;

/// <summary>Where the dictionary differs by a choice of its own.</summary>
internal static class OurChoices
{
    public static IEnumerable<Deviation> All =>
    [
        new(
            DeviationCause.OurChoice,
            "As in libtorch the slope of a power is 0 in the exponent at base 0, and in the base at exponent 0. The engine differentiates the formula, b·a^(b−1) and a^b·ln a, masks other places, or forms its product in another order.",
            [.. Jax, .. TensorFlow, .. Casadi, Tinygrad, Autograd, PyTensor, Warp],
            ["pow.zero_exponent_tensor", "pow.zero_base", "pow.xy"]) { Kinds = Slopes },
        new(
            DeviationCause.OurChoice,
            "Reverse mode multiplies the cotangent 0 of a branch that was not taken, or of a slope 0, by an infinite slope: NaN. The engine masks it, or rewrites the expression.",
            [.. Casadi, TensorFlowEager, Tinygrad, PyTensor],
            ["relu.unsafe_sqrt", "relu.exp_log", "xlogx.where", "nan_guard.masked_mul", "divide.where_xy", "elu.where_expm1", "sigmoid.where", "sigmoid.exp"]) { Kinds = Slopes, When = OursIsNaN },
        new(
            DeviationCause.OurChoice,
            "e^x overflows, and 0·∞ or ∞/∞ follows: NaN. The engine evaluates the exponential otherwise.",
            [Tinygrad],
            ["softplus.log_1_exp"]) { When = OursIsNaN },
        new(
            DeviationCause.OurChoice,
            "At the zero vector 1/‖x‖ is infinite and is multiplied by 0: NaN. The engine masks the zero.",
            [Torch214, TensorFlowEager, Warp],
            ["clip_by_norm.min", "normalize.divide"]) { When = OursIsNaN },
        new(
            DeviationCause.OurChoice,
            "relu is off, and its 0 times the infinite slope of the root is NaN in reverse mode.",
            [TensorFlowEager],
            ["triplet.margin"]) { Kinds = [CellKind.Reverse], Points = ["zeros", "signed_zeros"] },
        new(
            DeviationCause.OurChoice,
            "maximum multiplies its weight 0 with the infinite slope of the root: NaN. Warp's root passes 0 at 0.",
            [Warp],
            ["relu.sqrt", "identity.sqrt_square_relu"]),
        new(
            DeviationCause.OurChoice,
            "The squares of a 2-norm are not scaled: the norm of a number below the root of the least normal one is 0 here. The engine scales them, or takes |x| of a single entry.",
            [.. Torch, .. Jax, TensorFlowXla, Paddle, Autograd, PyTensor],
            ["abs.norm2", "abs.norm2_pair", "relu.norm2_of_stack"]) { When = IsLeastNormal },
        new(
            DeviationCause.OurChoice,
            "The dictionary has one median, the one along an axis, which takes the first of the tied; without an axis libtorch shares 1/k.",
            Torch,
            ["median.odd", "median.even", "mad.median", "program.soft_median"]),
        new(
            DeviationCause.OurChoice,
            "The sign of the infinite slope at −0 is that of the formula.",
            [.. Jax, TensorFlowEager, Paddle, Autograd, CasadiScalar],
            ["rsqrt", "sqrt", "relu.sqrt"]) { Points = ["-0"] },
        new(
            DeviationCause.OurChoice,
            "One preset stands for eager and compiled execution; compiled, selu takes the left slope.",
            [TensorFlowXla],
            ["selu"]) { Points = ["0", "-0"] },
    ];
}
