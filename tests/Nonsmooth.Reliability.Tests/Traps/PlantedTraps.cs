using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Traps;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

namespace Nonsmooth.Reliability.Tests.Traps;

/// <summary>Traps as people write them, each with its mend.</summary>
public static class PlantedTraps
{
    private static readonly Shape _row = new(4);
    private static readonly Shape _plane = new(3, 4);

    public static IReadOnlyList<PlantedTrap> All { get; } =
    [
        One("where of sqrt", "select-sqrt", "sqrt", x => Where(Greater(x, 0), Sqrt(x), 0), x => Where(Greater(x, 0), Sqrt(Where(Greater(x, 0), x, 1)), 0)),
        One("where of power", "select-sqrt", "pow", x => Where(Greater(x, 0), Pow(x, 0.5), x), x => Where(Greater(x, 0), Pow(Where(Greater(x, 0), x, 1), 0.5), x)),
        One("where of log", "select-log", "log", x => Where(GreaterEqual(x, 1), Log(x), 0), x => Where(GreaterEqual(x, 1), Log(Where(GreaterEqual(x, 1), x, 1)), 0)),
        One("where of log1p", "select-log", "log1p", x => Where(Greater(x, -1), LogP1(x), 0), x => Where(Greater(x, -1), LogP1(Where(Greater(x, -1), x, 0)), 0)),
        One("sinc", "select-divide", "div", x => Where(NotEqual(x, 0), Sin(x) / x, 1), x => Where(NotEqual(x, 0), Sin(x) / Where(NotEqual(x, 0), x, 1), 1)),
        One("where of reciprocal", "select-divide", "reciprocal", x => Where(Greater(Abs(x), 1e-3), 1 / x, 0), x => Where(Greater(Abs(x), 1e-3), 1 / Where(Greater(Abs(x), 1e-3), x, 1), 0)),
        One("ELU by hand", "select-exp", "expm1", x => Where(Greater(x, 0), x, ExpM1(x)), x => Where(Greater(x, 0), x, ExpM1(Clamp(x, upper: 0)))),
        One("mask times sqrt", "zero-times-infinity", "sqrt", x => Where(Greater(x, 0), Ones(x), 0) * Sqrt(x), x => Where(Greater(x, 0), Sqrt(Where(Greater(x, 0), x, 1)), 0)),
        One("relu times infinity", "zero-times-infinity", "scale", x => Relu(x) * double.PositiveInfinity, x => Relu(x) * 1e4),
        One("epsilon in 16 bits", "epsilon-lost", "rsqrt", x => x * Rsqrt(Square(x - x.Mean(true, 1)).Mean(true, 1) + 1e-8), x => x * Rsqrt(Square(x - x.Mean(true, 1)).Mean(true, 1) + 1e-3), _plane) with { Format = TrapFormat.Float16 },
        One("binary cross-entropy, clamped", "epsilon-lost", "log", x => Log(1 - Clamp(x, 1e-8, 1 - 1e-8)), x => Log(1 - Clamp(x, 1e-5, 1 - 1e-5))),
        One("deviation of one", "standard-deviation-of-one", "sqrt", x => Sqrt(Square(x - x.Mean(true, 1)).Mean(true, 1)), x => Sqrt(Square(x - x.Mean(true, 1)).Mean(true, 1) + 1e-5), new Shape(4, 1)),
        One("deviation", "standard-deviation", "sqrt", x => Sqrt(Square(x - x.Mean(true, 1)).Mean(true, 1)), x => Sqrt(Square(x - x.Mean(true, 1)).Mean(true, 1) + 1e-5), _plane),
        One("layer norm without epsilon", "variance-without-epsilon", "layer_norm.rsqrt", x => LayerNorm(x, Parameter(x), Parameter(x), 0), x => LayerNorm(x, Parameter(x), Parameter(x)), _plane),
        One("variance by difference", "variance-by-difference", "sqrt", x => Sqrt(Square(x).Mean() - Square(x.Mean())), x => Sqrt(Square(x - x.Mean()).Mean() + 1e-5)),
        One("norm by hand", "norm-by-hand", "sqrt", x => Sqrt((x * x).Sum()), x => x.Norm(2)),
        Two("distance by hand", "norm-by-hand", "sqrt", (x, y) => Sqrt(Square(x - y).Sum(1)), (x, y) => (x - y).Norm(2, 1), _plane),
        Two("hypot", "hypot", "sqrt", (x, y) => Sqrt((x * x) + (y * y)), (x, y) => Sqrt((x * x) + (y * y) + 1e-6)),
        One("normalise", "normalise", "div", x => x / x.Norm(2, true, 1), x => x * Rsqrt(Square(x).Sum(true, 1) + 1e-6), _plane),
        One("normalise by rsqrt", "normalise", "rsqrt", x => x * Rsqrt(Square(x).Sum(true, 1)), x => x * Rsqrt(Square(x).Sum(true, 1) + 1e-6), _plane),
        Two("cosine", "cosine", "div", (x, y) => Dot(x, y) / (x.Norm(2) * y.Norm(2)), (x, y) => Dot(x * Rsqrt(Dot(x, x) + 1e-6), y * Rsqrt(Dot(y, y) + 1e-6))),
        Two("cosine with epsilon", "cosine", "div", (x, y) => Dot(x, y) / Clamp(x.Norm(2) * y.Norm(2), lower: 1e-8), (x, y) => Dot(x, y) / Clamp(x.Norm(2) * y.Norm(2), lower: 1e-3)),
        One("log of softmax", "log-of-softmax", "log", x => Log(Softmax(x)), x => LogSoftmax(x), _plane),
        One("log of sigmoid", "log-of-sigmoid", "log", x => Log(Sigmoid(x)), x => -Softplus(-x)),
        One("log of 1 less sigmoid", "log-of-sigmoid", "log", x => Log(1 - Sigmoid(x)), x => -Softplus(x)),
        One("log-sum-exp by hand", "log-sum-exp", "log", x => Log(Exp(x).Sum(1)), x => x.LogSumExp(1), _plane),
        One("softplus by hand", "softplus-by-hand", "log", x => Log(1 + Exp(x)), x => Softplus(x)),
        One("softmax by hand", "softmax-by-hand", "div", x => Exp(x) / Exp(x).Sum(true, 1), x => Exp(x - x.Max(true, 1)) / Exp(x - x.Max(true, 1)).Sum(true, 1), _plane),
        One("tanh by hand", "exp-overflow", "div", x => (Exp(x) - Exp(-x)) / (Exp(x) + Exp(-x)), x => Tanh(x)),
        One("sigmoid by hand", "sigmoid-by-hand", "reciprocal", x => 1 / (1 + Exp(-x)), x => Sigmoid(x)),
        One("entropy", "xlogy", "mul", x => -(x * Log(x)).Sum(), x => -(x * Log(Where(Greater(x, 0), x, 1))).Sum()),
        new("softmax with a mask", "softmax-all-masked", "softmax", () => Masked(double.NegativeInfinity), () => Masked(-1e4)),
        One("power of a square", "pow-at-zero", "pow", x => Pow(x * x, 0.3), x => Pow((x * x) + 1e-6, 0.3)),
        Two("power of relu", "pow-at-zero", "pow2", (x, y) => Pow(Relu(x), y), (x, y) => Pow(Relu(x) + 1e-6, y)),
        One("root of a square", "sqrt-at-zero", "sqrt", x => Sqrt(x * x), Abs),
        One("sine from cosine", "sqrt-at-zero", "sqrt", x => Sqrt(1 - Square(Cos(x))), x => Sqrt(1 - Square(Cos(x)) + 1e-6)),
        One("log-probability squashed by tanh", "log-at-zero", "log", x => Log(1 - Square(Tanh(x))), x => Log(1 - Square(Tanh(x)) + 1e-6)),
        One("log of a clamp", "log-at-zero", "log", x => Log(Clamp(x, 0, 1)), x => Log(Clamp(x, 1e-6, 1))),
        Two("mean over a mask", "division-by-zero", "div", (x, y) => Relu(x).Sum() / Relu(y).Sum(), (x, y) => Relu(x).Sum() / Clamp(Relu(y).Sum(), lower: 1)),
        One("logit of a sigmoid", "division-by-zero", "div", x => Sigmoid(x) / (1 - Sigmoid(x)), x => Exp(x)),
        One("log of epsilon", "log-of-epsilon", "log", x => Log(Clamp(x, 1e-12, 1)), x => Log(Clamp(x, 1e-6, 1))),
        One("normalise with epsilon", "epsilon-in-denominator", "div", x => x / Clamp(x.Norm(2, true, 1), lower: 1e-12), x => x * Rsqrt(Square(x).Sum(true, 1) + 1e-6), _plane),
        One("normalise with a tiny epsilon inside", "epsilon-in-denominator", "rsqrt", x => x * Rsqrt(Square(x).Sum(true, 1) + 1e-24), x => x * Rsqrt(Square(x).Sum(true, 1) + 1e-6), _plane),
    ];

    private static Variable Ones(Variable x) => x.Builder.Apply(new Fill(x.Shape, 1));

    private static Variable Parameter(Variable x) => x.Builder.Apply(new Fill(new Shape(x.Shape[^1]), 1));

    private static Program Masked(double masked) => Program.Trace(
        (scores, mask) => Softmax(Where(mask, scores, masked)), _plane, TensorType.Boolean(_plane));

    private static PlantedTrap One(
        string name, string kind, string node, Func<Variable, Variable> trapped, Func<Variable, Variable> mended, Shape? shape = null) =>
        new(name, kind, node, () => Program.Trace(x => trapped(x), shape ?? _row), () => Program.Trace(x => mended(x), shape ?? _row));

    private static PlantedTrap Two(
        string name,
        string kind,
        string node,
        Func<Variable, Variable, Variable> trapped,
        Func<Variable, Variable, Variable> mended,
        Shape? shape = null) =>
        new(
            name,
            kind,
            node,
            () => Program.Trace((x, y) => trapped(x, y), shape ?? _row, shape ?? _row),
            () => Program.Trace((x, y) => mended(x, y), shape ?? _row, shape ?? _row));
}
