using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;

namespace Nonsmooth.Onnx.Export;

/// <content>Arithmetic and elementwise functions.</content>
internal static partial class ExportTable
{
    private static void Elementwise()
    {
        Add<Add>("Add");
        Add<Subtract>("Sub");
        Add<Multiply>("Mul");
        Add<Divide>("Div");
        Add<Pow>("Pow");
        Add<Maximum>("Max");
        Add<Minimum>("Min");
        Add<AddConstant>((c, f, a) => c.Add("Add", [a[0], c.Number(f.Constant)]));
        Add<MultiplyConstant>((c, f, a) => c.Add("Mul", [a[0], c.Number(f.Constant)]));
        Add<Negate>("Neg");
        Add<Square>((c, _, a) => c.Add("Mul", [a[0], a[0]]));
        Add<Abs>("Abs");
        Add<Sign>("Sign");
        Add<Exp>("Exp");
        Add<ExpM1>((c, _, a) => c.Add("Sub", [c.Add("Exp", a), c.Number(1)]));
        Add<Log>("Log");
        Add<LogP1>((c, _, a) => c.Add("Log", [c.Add("Add", [a[0], c.Number(1)])]));
        Add<Sqrt>("Sqrt");
        Add<Rsqrt>((c, _, a) => c.Add("Reciprocal", [c.Add("Sqrt", a)]));
        Add<Reciprocal>("Reciprocal");
        Add<PowConstant>((c, f, a) => c.Add("Pow", [a[0], c.Number(f.Exponent)]));
        Add<Sin>("Sin");
        Add<Cos>("Cos");
        Add<Erf>("Erf");
        Add<Erfc>((c, _, a) => c.Add("Sub", [c.Number(1), c.Add("Erf", a)]));
        Add<Floor>("Floor");
        Add<Round>("Round");
        Add<Ceil>("Ceil");
        Add<Trunc>((c, _, a) => c.Add("Mul", [c.Add("Sign", a), c.Add("Floor", [c.Add("Abs", a)])]));
        Add<Tan>("Tan");
        Add<Sinh>("Sinh");
        Add<Cosh>("Cosh");
        Add<Asin>("Asin");
        Add<Acos>("Acos");
        Add<Atan>("Atan");
        Add<Asinh>("Asinh");
        Add<Acosh>("Acosh");
        Add<Atanh>("Atanh");
        Add<Fmod>((c, _, a) => c.Add("Mod", a, OnnxAttribute.Of("fmod", 1)));
        Add<Remainder>((c, _, a) => c.Add("Sub", [a[0], c.Add("Mul", [a[1], c.Add("Floor", [c.Add("Div", a)])])]));
        Add<Gate>((c, f, a) => Gated(c, f.Slopes, a[0], a[1]));
        Add<Greater>((c, f, a) => c.Add("Where", [c.Add("Greater", a), c.Number(1), c.Add("Where", [c.Add("Equal", a), c.Number(f.Tie), c.Number(0)])]));
        Add<Branch>((c, f, a) => Chosen(c, a[0], f.Threshold, a[1], a[2], a[3]));
        Add<SafeDivide>((c, f, a) =>
        {
            string isZero = c.Add("Equal", [a[1], c.Number(0)]);
            return c.Add("Where", [isZero, c.Number(f.AtZero), c.Add("Div", [a[0], c.Add("Where", [isZero, c.Number(1), a[1]])])]);
        });
    }

    private static string Chosen(ExportContext c, string x, double threshold, string below, string at, string above) => c.Add("Where",
    [
        c.Add("Less", [x, c.Number(threshold)]), below,
        at == above ? above : c.Add("Where", [c.Add("Equal", [x, c.Number(threshold)]), at, above]),
    ]);

    // A slope of 0 passes nothing, be what would pass infinite.
    private static string Gated(ExportContext c, Pieces p, string x, string g)
    {
        string Passed(double slope) => slope switch
        {
            0 => c.Number(0),
            1 => g,
            _ => c.Add("Mul", [g, c.Number(slope)]),
        };
        if (double.IsNegativeInfinity(p.First))
        {
            return Passed(p.Above);
        }

        string above = p.HasSecond ? Chosen(c, x, p.Second, Passed(p.Between), Passed(p.AtSecond), Passed(p.Above)) : Passed(p.Between);
        return c.Add("Where",
        [
            c.Add("Less", [x, c.Number(p.First)]), Passed(p.Below),
            c.Add("Where", [c.Add("Equal", [x, c.Number(p.First)]), Passed(p.AtFirst), above]),
        ]);
    }

    private static void Activations()
    {
        Add<Relu>("Relu");
        Add<LeakyRelu>((c, f, a) => c.Add("LeakyRelu", a, OnnxAttribute.Of("alpha", (float)f.NegativeSlope)));
        Add<Relu6>((c, _, a) => c.AddAs("Clip", "relu6", [a[0], c.Number(0), c.Number(6)]));
        Add<Hardtanh>((c, _, a) => c.AddAs("Clip", "hardtanh", [a[0], c.Number(-1), c.Number(1)]));
        Add<Clamp>((c, f, a) => c.AddAs("Clip", "clamp", [a[0], double.IsInfinity(f.Lower) ? "" : c.Number(f.Lower), double.IsInfinity(f.Upper) ? "" : c.Number(f.Upper)]));
        Add<Hardsigmoid>((c, _, a) => c.Add("HardSigmoid", a, OnnxAttribute.Of("alpha", 1f / 6), OnnxAttribute.Of("beta", 0.5f)));
        Add<Hardswish>((c, _, a) => c.Opset >= 14 ? c.Add("HardSwish", a) : c.Add("Mul", [a[0], c.Add("HardSigmoid", a, OnnxAttribute.Of("alpha", 1f / 6), OnnxAttribute.Of("beta", 0.5f))]));
        Add<Elu>((c, f, a) => c.Add("Elu", a, OnnxAttribute.Of("alpha", (float)f.Alpha)));
        Add<Selu>("Selu");
        Add<Softplus>("Softplus");
        Add<Softsign>("Softsign");
        Add<Sigmoid>("Sigmoid");
        Add<Tanh>("Tanh");
        Add<Silu>((c, _, a) => c.Add("Mul", [a[0], c.Add("Sigmoid", a)]));
        Add<Gelu>((c, f, a) =>
        {
            if (c.Opset >= 20)
            {
                return c.Add("Gelu", a, OnnxAttribute.Of("approximate", f.Approximate ? "tanh" : "none"));
            }

            string inner = f.Approximate
                ? c.Add("Tanh", [c.Add("Mul", [c.Add("Add", [a[0], c.Add("Mul", [c.Add("Mul", [c.Add("Mul", [a[0], a[0]]), a[0]]), c.Number(0.044715)])]), c.Number(Math.Sqrt(2 / Math.PI))])])
                : c.Add("Erf", [c.Add("Mul", [a[0], c.Number(Math.Sqrt(0.5))])]);
            return c.Add("Mul", [c.Add("Mul", [a[0], c.Add("Add", [inner, c.Number(1)])]), c.Number(0.5)]);
        });
    }
}
