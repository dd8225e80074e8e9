using Nonsmooth.Tests.Mathematics;
using static Nonsmooth.Tests.Mathematics.PreciseFunctions;

namespace Nonsmooth.Tests.Dictionary.Elementwise;

/// <summary>Slopes keep their relative accuracy where they are tiny: a slope found from a value near −1 or 1 does not.</summary>
public sealed class TailSlopeTests
{
    private static readonly Precise _rootHalf = Precise.Sqrt(0.5);

    private static readonly Dictionary<string, (Func<Variable, Variable> Function, Func<Precise, Precise> Slope)> _functions = new()
    {
        ["exp"] = (Exp, Exp),
        ["expm1"] = (ExpM1, Exp),
        ["elu"] = (x => Elu(x), x => x.Sign < 0 ? Exp(x) : 1),
        ["elu2"] = (x => Elu(x, 2), x => x.Sign < 0 ? Exp(x).Shifted(1) : 1),
        ["selu"] = (Selu, x => x.Sign < 0 ? Exp(x) * 1.7580993408473768 : 1.0507009873554805),
        ["celu2"] = (x => Maximum(x, Scale(x, 0)) + Scale(ExpM1(Scale(Minimum(x, Scale(x, 0)), 0.5)), 2), x => x.Sign < 0 ? Exp(x.Shifted(-1)) : 1),
        ["gelu"] = (x => Gelu(x), x => Phi(x) + (x * Density(x))),
        ["gelu.tanh"] = (x => Gelu(x, true), TanhGelu),
        ["silu"] = (Silu, x => Sigmoid(x) * ((x * Sigmoid(-x)) + 1)),
        ["tanh"] = (Tanh, x => { var e = Exp(-Precise.Abs(x).Shifted(1)); return e.Shifted(2) / ((e + 1) * (e + 1)); }),
        ["sigmoid"] = (Functions.Sigmoid, x => Sigmoid(x) * Sigmoid(-x)),
        ["softplus"] = (Softplus, Sigmoid),
        ["logsigmoid"] = (x => -Softplus(-x), x => Sigmoid(-x)),
        ["mish"] = (x => x * Tanh(Softplus(x)), Mish),
        ["erf"] = (Functions.Erf, x => Exp(-(x * x)).Shifted(1) / Precise.Sqrt(Pi)),
        ["erfc"] = (Functions.Erfc, x => -(Exp(-(x * x)).Shifted(1) / Precise.Sqrt(Pi))),
    };

    public static TheoryData<string> Names => [.. _functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void InDoublePrecision(string name) => Check<Float64>(name, 53, -1010);

    [Theory]
    [MemberData(nameof(Names))]
    public void InSinglePrecision(string name) => Check<Float32>(name, 24, -120);

    private static void Check<TFormat>(string name, int precision, int least)
        where TFormat : struct, IFormat
    {
        var (function, exact) = _functions[name];
        double[] points = Array.ConvertAll([.. Tail(exact, -1, least), .. Tail(exact, 1, least)], TFormat.Round);
        var program = Program.Trace(x => function(x).Sum(), new Shape(points.Length)).Backprop("x");
        var slopes = (Tensor<double>)Interpreter.Run<TFormat>(program, points)[^1];
        for (int i = 0; i < points.Length; i++)
        {
            var right = exact(points[i]);
            double step = Math.ScaleB(Math.Abs(points[i]), -60);
            double condition = (Precise.Abs(exact((Precise)points[i] + step) - right) / Precise.Abs(right)).ToDouble() / Math.ScaleB(1, -60);
            double error = (Precise.Abs(right - slopes[i]) / Precise.Abs(right)).ToDouble();
            Assert.True(
                error <= 4 * Math.Max(1, condition) * Math.ScaleB(1, 1 - precision),
                $"{name}' at {points[i]:R} is {slopes[i]:R}, off by {error:0.0e0}, condition {condition:0.0}");
        }
    }

    // Forty points from 1 to 700, or as far as the slope is a normal number.
    private static IEnumerable<double> Tail(Func<Precise, Precise> slope, int sign, int least)
    {
        double end = 700;
        while (Math.Abs(slope(sign * end).Size) > -least)
        {
            end *= 0.98;
        }

        return Enumerable.Range(0, 40).Select(i => sign * Math.Pow(end, i / 39.0));
    }

    private static Precise Phi(Precise x) => Erfc(-(x * _rootHalf)).Shifted(-1);

    private static Precise Density(Precise x) => Exp(-(x * x).Shifted(-1)) * _rootHalf / Precise.Sqrt(Pi);

    private static Precise TanhGelu(Precise x)
    {
        var scale = Precise.Sqrt((Precise)8 / Pi);
        var u = scale * (x + (x * x * x * 0.044715));
        var slope = scale * ((x * x * 3 * 0.044715) + 1);
        return Sigmoid(u) * ((x * slope * Sigmoid(-u)) + 1);
    }

    private static Precise Mish(Precise x)
    {
        var softplus = LogP1(Exp(x));
        var t = Tanh(softplus);
        return t + (x * ((Precise)1 - (t * t)) * Sigmoid(x));
    }
}
