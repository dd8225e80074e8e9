using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>A function of the dictionary beside libtorch's operator.</summary>
/// <param name="Name">As a document writes it.</param>
/// <param name="Function">Ours, of a vector.</param>
/// <param name="Live">libtorch's.</param>
/// <param name="Points">Where they are compared.</param>
internal sealed record NonFiniteRow(string Name, Func<Variable, Variable> Function, Func<AutogradTensor, AutogradTensor> Live, double[][] Points)
{
    private const double Infinite = double.PositiveInfinity;
    private const double NaN = double.NaN;

    private static readonly double[][] _ones = [[0], [-0.0], [Infinite], [-Infinite], [NaN]];
    private static readonly double[][] _pairs = [.. from a in (double[])[0, -0.0, 1, Infinite, -Infinite, NaN] from b in (double[])[0, -0.0, 2, Infinite, -Infinite, NaN] select new[] { a, b }];
    private static readonly double[][] _triples =
        [[0, -0.0, 0], [NaN, 1, 2], [1, NaN, 2], [NaN, 1, NaN], [Infinite, 1, Infinite], [-Infinite, -Infinite, -Infinite], [Infinite, -Infinite, 1], [0, 0, 0], [1, 1, -Infinite]];

    public static IReadOnlyList<NonFiniteRow> All { get; } =
    [
        One("abs", Functions.Abs), One("neg", Functions.Negate), One("square", Functions.Square), One("sqrt", Functions.Sqrt), One("rsqrt", Functions.Rsqrt),
        One("reciprocal", Functions.Reciprocal), One("exp", Functions.Exp), One("expm1", Functions.ExpM1), One("log", Functions.Log), One("log1p", Functions.LogP1),
        One("sin", Functions.Sin), One("cos", Functions.Cos), One("tanh", Functions.Tanh), One("sigmoid", Functions.Sigmoid), One("erf", Functions.Erf), One("erfc", Functions.Erfc),
        One("sign", Functions.Sign), One("floor", Functions.Floor), One("round", Functions.Round), One("relu", Functions.Relu), One("relu6", Functions.Relu6),
        One("silu", Functions.Silu), One("selu", Functions.Selu), One("hardswish", Functions.Hardswish), One("hardsigmoid", Functions.Hardsigmoid),
        Scalars("leaky_relu", x => Functions.LeakyRelu(x, 0.1), 0.1), Scalars("hardtanh", Functions.Hardtanh, -1, 1), Scalars("elu", x => Functions.Elu(x), 1, 1, 1),
        Scalars("softplus", Functions.Softplus, 1, 20),
        new("gelu", x => Functions.Gelu(x), x => x.Call("gelu", "", AutogradArgument.Text("none")), _ones),
        new("gelu, tanh", x => Functions.Gelu(x, true), x => x.Call("gelu", "", AutogradArgument.Text("tanh")), _ones),
        .. ((double[])[0.5, -0.5, 0, 1, 2, 3, -1, 1.5]).Select(p => new NonFiniteRow(
            FormattableString.Invariant($"x^{p}"), x => Functions.Pow(x, p), x => x.CallScalars("pow_Tensor_Scalar", p), _ones)),
        Two("mul", (a, b) => a * b, (a, b) => a.Call("mul", "Tensor", b)),
        Two("div", (a, b) => a / b, (a, b) => a.Call("div", "Tensor", b)), Two("maximum", Functions.Maximum, (a, b) => a.Call("maximum", "", b)),
        Two("minimum", Functions.Minimum, (a, b) => a.Call("minimum", "", b)), Two("pow", Functions.Pow, (a, b) => a.Call("pow", "Tensor_Tensor", b)),
        Of("sum", x => x.Sum(), x => x.Call("sum", "", AutogradArgument.None)),
        Of("amax", x => x.Max(0), x => x.Call("amax", "", AutogradArgument.List(0), false)), Of("amin", x => x.Min(0), x => x.Call("amin", "", AutogradArgument.List(0), false)),
        Of("logsumexp", x => x.LogSumExp(0), x => x.Call("logsumexp", "", AutogradArgument.List(0), false)),
        Of("softmax", x => Functions.Softmax(x, 0), x => x.Call("softmax", "int", 0, AutogradArgument.None)),
        Of("log_softmax", x => Functions.LogSoftmax(x, 0), x => x.Call("log_softmax", "int", 0, AutogradArgument.None)),
        Of("cumsum", x => x.CumulativeSum(0), x => x.Call("cumsum", "", 0, AutogradArgument.None)),
        Of("2-norm", x => x.Norm(2, 0), x => x.CallScalars("norm_Scalar", 2)),
        Of("1-norm", x => x.Norm(1, 0), x => x.CallScalars("norm_Scalar", 1)),
    ];

    private static NonFiniteRow One(string name, Func<Variable, Variable> function) => new(name, function, x => x.Call(name, ""), _ones);

    private static NonFiniteRow Scalars(string name, Func<Variable, Variable> function, params double[] scalars) => new(name, function, x => x.CallScalars(name, scalars), _ones);

    private static NonFiniteRow Of(string name, Func<Variable, Variable> function, Func<AutogradTensor, AutogradTensor> live) => new(name, function, live, _triples);

    private static NonFiniteRow Two(string name, Func<Variable, Variable, Variable> function, Func<AutogradTensor, AutogradTensor, AutogradTensor> live) => new(
        name, x => function(x.Slice(0, 0, 1), x.Slice(0, 1, 2)),
        x => live(x.Call("slice", "Tensor", 0, AutogradArgument.Some(0L), AutogradArgument.Some(1L), 1), x.Call("slice", "Tensor", 0, AutogradArgument.Some(1L), AutogradArgument.Some(2L), 1)), _pairs);
}
