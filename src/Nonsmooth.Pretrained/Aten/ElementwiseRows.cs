using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
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
        Row.One("tan", F.Tan), Row.One("sinh", F.Sinh), Row.One("cosh", F.Cosh), Row.One("asin", F.Asin), Row.One("acos", F.Acos), Row.One("atan", F.Atan),
        Row.One("asinh", F.Asinh), Row.One("acosh", F.Acosh), Row.One("atanh", F.Atanh), .. Row.One("sinc", F.Sinc).Named("special_sinc"),
        .. Row.One("sign", F.Sign).Named("sgn"), Row.One("floor", F.Floor), Row.One("ceil", F.Ceil), .. Row.One("trunc", F.Trunc).Named("fix"),
        Row.One("frac", x => F.Subtract(x, F.Trunc(x))), Row.One("isnan", x => F.NotEqual(x, x)),
        .. new AtenOperator("logit", "self, eps=None", call => Logit(call.Has("eps") ? F.Clamp(call.Real("self"), call.Number("eps"), 1 - call.Number("eps")) : call.Real("self"))).Named("special_logit"),
        Row.One("log2", x => F.Scale(F.Log(x), 1 / Math.Log(2))), Row.One("log10", x => F.Scale(F.Log(x), 1 / Math.Log(10))),
        Row.One("exp2", x => F.Exp(F.Scale(x, Math.Log(2)))), Row.One("rad2deg", x => F.Scale(x, 180 / Math.PI)), Row.One("deg2rad", x => F.Scale(x, Math.PI / 180)),
        new("round", "self, *, decimals=0", call => call.Integer("decimals") == 0 ? F.Round(call.Real("self")) : Decimals(call)),
    ];

    private static Variable Logit(Variable x) => F.Subtract(F.Log(x), F.LogP1(F.Negate(x)));

    private static Variable Decimals(AtenCall call)
    {
        double unit = Math.Pow(10, Math.Abs(call.Integer("decimals")));
        return call.Integer("decimals") > 0
            ? F.Round(call.Real("self") * unit) / call.Builder.Apply(new Fill(call.Real("self").Shape, unit))
            : F.Round(call.Real("self") / call.Builder.Apply(new Fill(call.Real("self").Shape, unit))) * unit;
    }
}
