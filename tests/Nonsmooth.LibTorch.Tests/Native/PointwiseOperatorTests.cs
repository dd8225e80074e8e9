using Nonsmooth.LibTorch.Native;
using static Nonsmooth.LibTorch.Tests.Native.OperatorBench;

namespace Nonsmooth.LibTorch.Tests.Native;

[Collection("native log")]
public sealed class PointwiseOperatorTests
{
    private static readonly double[] X = [-3.5, -1, -0.25, 0, 0.5, 1, 2.5, 4];
    private static readonly double[] Positive = [0.25, 0.5, 1, 1.5, 2, 3, 4, 8];
    private static readonly double[] Y = [0.5, -2, 1, 0.25, 0.5, -1, 3, -0.5];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Erf(double x)
    {
        // Series of Abramowitz and Stegun 7.1.5; converges for the small arguments here.
        double sum = x, term = x;
        for (var n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static readonly Dictionary<string, (Func<double, double> F, double[] X)> Unary = new()
    {
        ["neg"] = (x => -x, X),
        ["abs"] = (Math.Abs, X),
        ["sgn"] = (x => Math.Sign(x), X),
        ["sign"] = (x => Math.Sign(x), X),
        ["relu"] = (x => Math.Max(x, 0), X),
        ["relu6"] = (x => Math.Clamp(x, 0, 6), X),
        ["hardsigmoid"] = (x => Math.Clamp(x + 3, 0, 6) / 6, X),
        ["hardswish"] = (x => x * Math.Clamp(x + 3, 0, 6) / 6, X),
        ["selu"] = (x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.Exp(x) - 1.6732632423543772), X),
        ["silu"] = (x => x * Sigmoid(x), X),
        ["mish"] = (x => x * Math.Tanh(Math.Log(1 + Math.Exp(x))), X),
        ["log_sigmoid"] = (x => Math.Log(Sigmoid(x)), X),
        ["sigmoid"] = (Sigmoid, X),
        ["tanh"] = (Math.Tanh, X),
        ["exp"] = (Math.Exp, X),
        ["expm1"] = (x => Math.Exp(x) - 1, X),
        ["log"] = (Math.Log, Positive),
        ["log1p"] = (x => Math.Log(1 + x), Positive),
        ["sqrt"] = (Math.Sqrt, Positive),
        ["rsqrt"] = (x => 1 / Math.Sqrt(x), Positive),
        ["reciprocal"] = (x => 1 / x, Positive),
        ["square"] = (x => x * x, X),
        ["sin"] = (Math.Sin, X),
        ["cos"] = (Math.Cos, X),
        ["erf"] = (Erf, [-2, -1, -0.25, 0, 0.5, 1, 2]),
        ["floor"] = (Math.Floor, X),
        ["ceil"] = (Math.Ceiling, X),
        ["trunc"] = (Math.Truncate, X),
        ["round"] = (x => Math.Round(x, MidpointRounding.ToEven), X),
    };

    private static readonly Dictionary<(string, string), Func<double, double, double>> Binary = new()
    {
        [("mul", "Tensor")] = (x, y) => x * y,
        [("div", "Tensor")] = (x, y) => x / y,
        [("maximum", "")] = Math.Max,
        [("minimum", "")] = Math.Min,
        [("fmax", "")] = Math.Max,
        [("fmin", "")] = Math.Min,
        [("atan2", "")] = Math.Atan2,
        [("remainder", "Tensor")] = (x, y) => x - y * Math.Floor(x / y),
        [("xlogy", "Tensor")] = (x, y) => x == 0 ? 0 : x * Math.Log(Math.Abs(y)),
        [("copysign", "Tensor")] = Math.CopySign,
        [("heaviside", "")] = (x, y) => x < 0 ? 0 : x > 0 ? 1 : y,
    };

    /// <summary>Backward operators of (gradient, input or output).</summary>
    private static readonly Dictionary<string, Func<double, double, double>> Backward = new()
    {
        ["sigmoid_backward"] = (g, y) => g * y * (1 - y),
        ["tanh_backward"] = (g, y) => g * (1 - y * y),
        ["silu_backward"] = (g, x) => g * Sigmoid(x) * (1 + x * (1 - Sigmoid(x))),
        // libtorch keeps 1/6 in float32 here, also for float64.
        ["hardsigmoid_backward"] = (g, x) => x > -3 && x < 3 ? g * (1f / 6) : 0,
        ["hardswish_backward"] = (g, x) => x <= -3 ? 0 : x < 3 ? g * (x / 3 + 0.5) : g,
    };

    public static TheoryData<string, TorchDtype> UnaryCases() => Cases(Unary.Keys);

    public static TheoryData<string, string, TorchDtype> BinaryCases()
    {
        var data = new TheoryData<string, string, TorchDtype>();
        foreach (var (name, overload) in Binary.Keys)
        {
            foreach (var dtype in Floats)
            {
                data.Add(name, overload, dtype);
            }
        }

        return data;
    }

    public static TheoryData<string, TorchDtype> BackwardCases() => Cases(Backward.Keys);

    [Theory]
    [MemberData(nameof(UnaryCases))]
    public void OfOneTensor(string name, TorchDtype dtype)
    {
        var (f, values) = Unary[name];
        var x = T(dtype, values);
        Close([.. values.Select(f)], Call(name, Slot.Of(x)), dtype);
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(BinaryCases))]
    public void OfTwoTensors(string name, string overload, TorchDtype dtype)
    {
        var xs = name == "xlogy" ? Positive : X;
        var ys = name == "xlogy" ? Positive : Y;
        var (x, y) = (T(dtype, xs), T(dtype, ys));
        Close([.. xs.Zip(ys, Binary[(name, overload)])], Call((name, overload), Slot.Of(x), Slot.Of(y)), dtype);
        x.Delete();
        y.Delete();
    }

    [Theory]
    [MemberData(nameof(BackwardCases))]
    public void GradientsOfOneTensor(string name, TorchDtype dtype)
    {
        var (g, x) = (T(dtype, Y), T(dtype, X));
        Close([.. Y.Zip(X, Backward[name])], Call(name, Slot.Of(g), Slot.Of(x)), dtype);
        g.Delete();
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void PowersOfTensors(TorchDtype dtype)
    {
        var (x, y) = (T(dtype, Positive), T(dtype, Y));
        Close([.. Positive.Zip(Y, Math.Pow)], Call(("pow", "Tensor_Tensor"), Slot.Of(x), Slot.Of(y)), dtype);
        x.Delete();
        y.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void GeluTakesItsFormAsText(TorchDtype dtype)
    {
        double[] values = [-2, -1, -0.25, 0, 0.5, 1, 2];
        var x = T(dtype, values);
        Close([.. values.Select(v => v * 0.5 * (1 + Erf(v / Math.Sqrt(2))))], Call("gelu", Slot.Of(x), Slot.Of("none"u8)), dtype);
        Close(
            [.. values.Select(v => 0.5 * v * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))))],
            Call("gelu", Slot.Of(x), Slot.Of("tanh"u8)),
            dtype);
        var g = T(dtype, [.. values.Select(_ => 1.0)]);
        Close(
            [.. values.Select(v => 0.5 * (1 + Erf(v / Math.Sqrt(2))) + v * Math.Exp(-v * v / 2) / Math.Sqrt(2 * Math.PI))],
            Call("gelu_backward", Slot.Of(g), Slot.Of(x), Slot.Of("none"u8)),
            dtype);
        x.Delete();
        g.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void ClampTakesItsBoundsAsTensors(TorchDtype dtype)
    {
        var x = T(dtype, X);
        var clamp = ("clamp", "Tensor");
        Close([.. X.Select(v => Math.Clamp(v, -1, 2))], Call(clamp, Slot.Of(x), Slot.Optional(Scalar(dtype, -1)), Slot.Optional(Scalar(dtype, 2))), dtype);
        Close([.. X.Select(v => Math.Max(v, -1))], Call(clamp, Slot.Of(x), Slot.Optional(Scalar(dtype, -1)), Slot.None), dtype);
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void SumsAndScalarsGoThroughTheDirectEntries(TorchDtype dtype)
    {
        var direct = DirectOperators.For(DeviceKind.Cpu);
        var (x, y, p) = (T(dtype, X), T(dtype, Y), T(dtype, Positive));
        Close([.. X.Zip(Y, (a, b) => a + b)], Take(direct.Add(x, y)), dtype);
        Close([.. X.Zip(Y, (a, b) => a + 2.5 * b)], Take(direct.Add(x, y, 2.5)), dtype);
        Close([.. X.Zip(Y, (a, b) => a - b)], Take(direct.Subtract(x, y)), dtype);
        Close([.. X.Select(a => a + 1.5)], Take(direct.Add(x, 1.5)), dtype);
        Close([.. X.Zip(Y, (a, b) => a * b)], Take(direct.Multiply(x, y)), dtype);
        Close([.. X.Select(a => a * -2.5)], Take(direct.Multiply(x, -2.5)), dtype);
        Close([.. Positive.Select(a => Math.Pow(a, 1.5))], Take(direct.Power(p, 1.5)), dtype);
        Close([.. Y.Select(b => Math.Pow(2, b))], Take(direct.Power(2, y)), dtype);
        Close([.. Positive.Zip(Y, Math.Pow)], Take(direct.Power(p, y)), dtype);
        x.Delete();
        y.Delete();
        p.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void ScalarTensorsStandInForScalars(TorchDtype dtype)
    {
        var x = T(dtype, X);
        Close([.. X.Select(a => a * 0.3)], Call(("mul", "Tensor"), Slot.Of(x), Slot.Of(Scalar(TorchDtype.Float64, 0.3))), dtype);
        var product = Dispatcher.Call1(new OperatorName("mul", "Tensor"), [Slot.Of(x), Slot.Of(Scalar(TorchDtype.Float64, 0.3))]);
        Assert.Equal(dtype, product.Dtype);
        product.Delete();
        Close([.. X.Select(a => Math.Max(a, 0.5))], Call("maximum", Slot.Of(x), Slot.Of(Scalar(dtype, 0.5))), dtype);
        x.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void LeakyReluAndReluBackwardGoThroughPrelu(TorchDtype dtype)
    {
        var (x, g) = (T(dtype, X), T(dtype, Y));
        var slope = T(dtype, [0.25], 1);
        var zero = T(dtype, [0], 1);
        Close([.. X.Select(a => a > 0 ? a : 0.25 * a)], Call("_prelu_kernel", Slot.Of(x), Slot.Of(slope)), dtype);
        var (input, weight) = Dispatcher.Call2(new OperatorName("_prelu_kernel_backward"), [Slot.Of(g), Slot.Of(x), Slot.Of(slope)]);
        Close([.. Y.Zip(X, (b, a) => a > 0 ? b : 0.25 * b)], Take(input), dtype);
        weight.Delete();
        (input, weight) = Dispatcher.Call2(new OperatorName("_prelu_kernel_backward"), [Slot.Of(g), Slot.Of(x), Slot.Of(zero)]);
        Close([.. Y.Zip(X, (b, a) => a > 0 ? b : 0)], Take(input), dtype);
        weight.Delete();
        var mask = Dispatcher.Call1(new OperatorName("gt", "Tensor"), [Slot.Of(x), Slot.Of(Scalar(dtype, 0))]);
        Close([.. Y.Zip(X, (b, a) => a > 0 ? b : 0)], Call(("where", "self"), Slot.Of(mask), Slot.Of(g), Slot.Of(Scalar(dtype, 0))), dtype);
        Close([.. Y.Zip(X, (b, a) => a > 0 ? b : 0)], Call(("mul", "Tensor"), Slot.Of(g), Slot.Of(mask)), dtype);
        foreach (var handle in new[] { x, g, slope, zero, mask })
        {
            handle.Delete();
        }
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void ReluBackwardThroughWherePassesNaN(TorchDtype dtype)
    {
        var (x, g) = (T(dtype, [-1, 0, 1, double.NaN]), T(dtype, [1, 2, 3, 4]));
        var mask = Dispatcher.Call1(new OperatorName("le", "Tensor"), [Slot.Of(x), Slot.Of(Scalar(dtype, 0))]);
        Assert.Equal([0, 0, 3, 4], Call(("where", "self"), Slot.Take(mask), Slot.Of(Scalar(dtype, 0)), Slot.Of(g)));
        x.Delete();
        g.Delete();
    }

    [Fact]
    public void EveryOperatorWithAScalarIsRefused()
    {
        var x = T(TorchDtype.Float32, X);
        (string Name, string Overload, int Scalars)[] refused =
        [
            ("add", "Tensor", -1), ("sub", "Tensor", -1), ("mul", "Scalar", 1), ("pow", "Tensor_Scalar", 1), ("leaky_relu", "", 1),
            ("hardtanh", "", 2), ("elu", "", 3), ("softplus", "", 2), ("gt", "Scalar", 1), ("threshold", "", 2), ("clamp_min", "", 1),
        ];
        foreach (var (name, overload, scalars) in refused)
        {
            ulong[] stack = scalars < 0
                ? [Slot.Of(x), Slot.Of(x), Slot.Of(1.0)]
                : [Slot.Of(x), .. Enumerable.Repeat(Slot.Of(1.0), scalars)];
            var failure = Assert.Throws<LibTorchException>(() => Dispatcher.Call(new OperatorName(name, overload), stack));
            Assert.Contains("Not yet supported conversion from StableIValue to IValue for schema type: Scalar", failure.Reason, StringComparison.Ordinal);
        }

        x.Delete();
    }

    private static TheoryData<string, TorchDtype> Cases(IEnumerable<string> names)
    {
        var data = new TheoryData<string, TorchDtype>();
        foreach (var name in names)
        {
            foreach (var dtype in Floats)
            {
                data.Add(name, dtype);
            }
        }

        return data;
    }
}
