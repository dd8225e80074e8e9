using Nonsmooth.Dictionary;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>More spellings of functions of one variable, whose kinks cancel, nest or meet: no recording has them yet.</summary>
internal static class OwnLines
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("clip01", "clip01", static (e, x) => e.Clip(x, 0, 1)),
        Map("clip01.relus", "clip01", static (e, x) => e.Relu(x) - e.Relu(x - 1)),
        Map("clip01.min_max", "clip01", static (e, x) => e.Minimum(e.Maximum(x, e.Full(x, 0)), e.Full(x, 1))),
        Map("clip01.abs", "clip01", static (e, x) => (e.Abs(x) - e.Abs(x - 1) + 1) * 0.5),
        Map("clip.abs", "clip11", static (e, x) => (e.Abs(x + 1) - e.Abs(x - 1)) * 0.5),
        Map("relu6.relus", "relu6", static (e, x) => e.Relu(x) - e.Relu(x - 6)),
        Map("relu6.min_relu", "relu6", static (e, x) => e.Minimum(e.Relu(x), e.Full(x, 6))),
        Map("relu6.abs", "relu6", static (e, x) => (e.Abs(x) - e.Abs(x - 6) + 6) * 0.5),
        Map("abs.two_relus_less_x", "abs", static (e, x) => 2.0 * e.Relu(x) - x),
        Map("abs.x_less_two_min", "abs", static (e, x) => x - 2.0 * e.Minimum(x, e.Full(x, 0))),
        Map("abs.max_of_three", "abs", static (e, x) => e.Maximum(e.Maximum(x, -x), e.Full(x, 0))),
        Map("abs.norm2_of_stack", "abs", static (e, x) => e.Norm0(e.Stack([x, e.Full(x, 0)]), 2)),
        Map("relu.relu", "relu", static (e, x) => e.Relu(e.Relu(x))),
        Map("relu.x_plus_relu_neg", "relu", static (e, x) => x + e.Relu(-x)),
        Map("relu.x_less_min", "relu", static (e, x) => x - e.Minimum(x, e.Full(x, 0))),
        Map("relu.times_x", "relu_squared", static (e, x) => x * e.Relu(x)),
        Map("relu.cubed", "relu_cubed", static (e, x) => e.Power(e.Relu(x), 3)),
        Map("leaky_relu.relus", "leaky", static (e, x) => e.Relu(x) - 0.1 * e.Relu(-x)),
        Map("leaky_relu.abs", "leaky", static (e, x) => 0.55 * x + 0.45 * e.Abs(x)),
        Map("leaky_relu.max_min", "leaky", static (e, x) => e.Maximum(x, e.Full(x, 0)) + 0.1 * e.Minimum(x, e.Full(x, 0))),
        Map("identity.clip_and_rest", "identity", static (e, x) => e.Clip(x, -1, 1) + (x - e.Clip(x, -1, 1))),
        Map("identity.hinges", "identity", static (e, x) => e.Relu(x - 1) - e.Relu(1.0 - x) + 1),
        Map("identity.min_plus_max_1", "identity", static (e, x) => e.Minimum(x, e.Full(x, 1)) + e.Maximum(x, e.Full(x, 1)) - 1),
        Map("zero.thesis", "zero", static (e, x) => e.Relu(-x) + x - e.Relu(x)),
        Map("zero.abs_square", "zero", static (e, x) => e.Abs(x) * e.Abs(x) - x * x),
        Map("zero.clip_twice", "zero", static (e, x) => e.Clip(x, -1, 1) - e.Clip(e.Clip(x, -1, 1), -1, 1)),
        Map("square.abs", "square", static (e, x) => e.Abs(x) * e.Abs(x)),
        Map("square.relus", "square", static (e, x) => e.Power(e.Relu(x), 2) + e.Power(e.Relu(-x), 2)),
        Map("triangle.min", "triangle", static (e, x) => e.Minimum(e.Relu(x + 1), e.Relu(1.0 - x))),
        Map("triangle.relus", "triangle", static (e, x) => e.Relu(x + 1) - 2.0 * e.Relu(x) + e.Relu(x - 1)),
        Map("softshrink.abs", "softshrink", static (e, x) => x - (e.Abs(x + 0.5) - e.Abs(x - 0.5)) * 0.5),
        Map("huber.clip", "huber", static (e, x) => e.Clip(x, -1, 1) * (x - 0.5 * e.Clip(x, -1, 1))),
        Map("huber.relu", "huber", static (e, x) => 0.5 * x * x - 0.5 * e.Power(e.Relu(e.Abs(x) - 1), 2)),
        Map("log_cosh.abs", "log_cosh", static (e, x) => e.Abs(x) + e.Log1p(e.Exp(-2.0 * e.Abs(x))) - 0.6931471805599453),
        Map("elu.relu_min", "elu2", static (e, x) => e.Relu(x) + 2.0 * e.Expm1(e.Minimum(x, e.Full(x, 0)))),
        Map("elu", "elu1", static (e, x) => e.Elu(x, 1)),
        Map("elu.relu_min_1", "elu1", static (e, x) => e.Relu(x) + e.Expm1(e.Minimum(x, e.Full(x, 0)))),
        Map("hinge.squared", "hinge_squared", static (e, x) => e.Power(e.Relu(1.0 - x), 2)),
        Map("hinge.squared_max", "hinge_squared", static (e, x) => e.Power(e.Maximum(1.0 - x, e.Full(x, 0)), 2)),
        Map("pinball.max", "pinball", static (e, x) => e.Maximum(0.9 * x, -0.1 * x)),
        Map("pinball.abs", "pinball", static (e, x) => 0.5 * e.Abs(x) + 0.4 * x),
        Map("sigmoid.tanh", "sigmoid", static (e, x) => 0.5 * (e.Tanh(0.5 * x) + 1)),
        Map("tanh.sigmoid", "tanh", static (e, x) => 2.0 * e.Sigmoid(2.0 * x) - 1),
        Map("square_cap.min", "square_cap", static (e, x) => e.Minimum(x * x, e.Full(x, 1))),
        Map("square_cap.clip", "square_cap", static (e, x) => e.Power(e.Clip(x, -1, 1), 2)),
        Map("root_of_abs", "root_of_abs", static (e, x) => e.Sqrt(e.Abs(x) + 1)),
        Map("log_of_abs", "log_of_abs", static (e, x) => e.Log1p(e.Abs(x))),
        Map("laplace", "laplace", static (e, x) => e.Exp(-e.Abs(x))),
        Map("wave.abs", "wave", static (e, x) => e.Abs(e.Abs(x) - 1)),
        Map("wave.relus", "wave", static (e, x) => e.Relu(e.Abs(x) - 1) + e.Relu(1.0 - e.Abs(x))),
    ];
}
