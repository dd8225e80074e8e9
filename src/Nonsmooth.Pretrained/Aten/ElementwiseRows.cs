using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Functions of one number, element by element.</summary>
internal static class ElementwiseRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        Row.One("abs", F.Abs), Row.One("neg", F.Negate), Row.One("square", F.Square), Row.One("sqrt", F.Sqrt), Row.One("rsqrt", F.Rsqrt),
        Row.One("reciprocal", F.Reciprocal), Row.One("exp", F.Exp), Row.One("expm1", F.ExpM1), Row.One("log", F.Log), Row.One("log1p", F.LogP1),
        Row.One("sin", F.Sin), Row.One("cos", F.Cos), Row.One("tanh", F.Tanh), Row.One("sigmoid", F.Sigmoid), Row.One("erf", F.Erf), Row.One("erfc", F.Erfc),
        Row.One("sign", F.Sign), Row.One("floor", F.Floor),
        Row.One("log2", x => F.Scale(F.Log(x), 1 / Math.Log(2))), Row.One("log10", x => F.Scale(F.Log(x), 1 / Math.Log(10))),
        Row.One("exp2", x => F.Exp(F.Scale(x, Math.Log(2)))), Row.One("rad2deg", x => F.Scale(x, 180 / Math.PI)), Row.One("deg2rad", x => F.Scale(x, Math.PI / 180)),
        new("round", "self, *, decimals=0", call => call.Integer("decimals") == 0 ? F.Round(call.Real("self")) : throw call.Lacks("no decimals")),
    ];
}
