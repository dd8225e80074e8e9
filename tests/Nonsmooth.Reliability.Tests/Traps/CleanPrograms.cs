using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

namespace Nonsmooth.Reliability.Tests.Traps;

/// <summary>Programs that look like traps and are none.</summary>
public static class CleanPrograms
{
    public static IReadOnlyList<(string Name, Func<Program> Program)> All { get; } =
    [
        One("double where, by a square", x => Where(Greater(Square(x).Sum(true, 1), 0), Sqrt(Where(Greater(Square(x).Sum(true, 1), 0), Square(x).Sum(true, 1), 1)), 0)),
        One("double where, negated", x => Where(Not(LessEqual(x, 0)), Log(Where(Not(LessEqual(x, 0)), x, 1)), 0)),
        One("double where, both conditions", x => Where(And(Greater(x, 0), Less(x, 5)), Log(Where(And(Greater(x, 0), Less(x, 5)), x, 1)), 0)),
        One("epsilon inside the root", x => Sqrt(Square(x).Sum(1) + 1e-12)),
        One("log1p of a square", x => LogP1(Square(x))),
        One("log1p of exp of minus abs", x => LogP1(Exp(-Abs(x)))),
        One("log-sum-exp shifted by hand", x => Log(Exp(x - x.Max(true, 1)).Sum(true, 1)) + x.Max(true, 1)),
        One("norm of the dictionary", x => x.Norm(2, 1)),
        One("normalised by norm plus a large epsilon", x => x / (x.Norm(2, true, 1) + 1e-3)),
        One("softmax then log with epsilon", x => Log(Softmax(x) + 1e-6)),
        One("divided by one more than a square", x => 1 / (1 + Square(x))),
        One("softsign", x => x / (1 + Abs(x))),
        One("log of an unknown input", x => Log(x)),
        One("quotient of unknown inputs", x => x.Slice(1, 0, 2) / x.Slice(1, 2, 4)),
        One("exp of an unknown input", x => Exp(x).Sum()),
        One("variational bound", x => (Exp(x) + Square(x) - x - 1).Sum() * 0.5),
        One("where without a singularity", x => Where(Greater(x, 0), x, Tanh(x))),
        One("where by an unrelated mask", x => Where(Greater(x.Slice(1, 0, 1), 0), Sqrt(Square(x.Slice(1, 1, 2)) + 1), 0)),
        One("gaussian", x => Exp(-Square(x)) / Math.Sqrt(2 * Math.PI)),
        One("log of softplus with epsilon", x => Log(Softplus(x) + 1e-4)),
        One("causal attention", x => Attention(x, x, x, causal: true)),
        One("layer norm", x => LayerNorm(x, x.Slice(0, 0, 1).Reshape(new Shape(4)), x.Slice(0, 1, 2).Reshape(new Shape(4)))),
        One("power with a whole exponent", x => Pow(Relu(x), 3)),
        One("clamped ratio", x => Exp(Clamp(x, -20, 20)) / (1 + Exp(Clamp(x, -20, 20)))),
    ];

    private static (string Name, Func<Program> Program) One(string name, Func<Variable, Variable> function) =>
        (name, () => Program.Trace(x => function(x), new Shape(3, 4)));
}
