using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Functions of two numbers, element by element, and comparisons.</summary>
internal static class ArithmeticRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        new("add", "self, other, *, alpha=1", call => Sum(call, 1)), new("sub", "self, other, *, alpha=1", call => Sum(call, -1)),
        new("rsub", "self, other, alpha=1", call => F.Subtract(call.Real("other"), F.Scale(call.Real("self"), call.Number("alpha")))),
        new("mul", "self, other", Product),
        .. new AtenOperator("div", "self, other, *, rounding_mode=None", Quotient).Named("true_divide", "divide"),
        new("floor_divide", "self, other", call => Whole(call, IndexOperation.FloorDivide) ?? F.Floor(F.Divide(call.Real("self"), call.Real("other")))),
        Row.Two("maximum", F.Maximum), Row.Two("minimum", F.Minimum),
        new("pow", "self, exponent", call => call["exponent"] is Variable || call["self"] is not Variable
            ? F.Pow(call.Real("self"), call.Real("exponent"))
            : F.Pow(call.Real("self"), call.Number("exponent"))),
        new("clamp", "self, min=None, max=None", Clamped), new("clamp_min", "self, min", call => Bounded(call, call.Real("self"), "min")),
        new("clamp_max", "self, max", call => Bounded(call, call.Real("self"), "max")),
        new("addcmul", "self, tensor1, tensor2, *, value=1", call => F.Add(call.Real("self"), F.Scale(F.Multiply(call.Real("tensor1"), call.Real("tensor2")), call.Number("value")))),
        new("addcdiv", "self, tensor1, tensor2, *, value=1", call => F.Add(call.Real("self"), F.Scale(F.Divide(call.Real("tensor1"), call.Real("tensor2")), call.Number("value")))),
        new("lerp", "self, end, weight", Between),
        .. Row.Two("atan2", F.Atan2).Named("arctan2"), .. Row.Two("xlogy", F.XLogY).Named("special_xlogy"), .. Row.Two("special_xlog1py", XLogY1).Named("special.xlog1py"), Row.Two("logaddexp", F.LogAddExp),
        new("remainder", "self, other", call => Whole(call, IndexOperation.Remainder) ?? F.Remainder(call.Real("self"), call.Real("other"))), Row.Two("fmod", F.Fmod), new("float_power", "self, exponent", call => call["exponent"] is Variable || call["self"] is not Variable
            ? F.Pow(call.Real("self"), call.Real("exponent"))
            : F.Pow(call.Real("self"), call.Number("exponent"))),

        // A NaN gives way to the other, and the first of equals has the gradient.
        Row.Two("fmax", (a, b) => Ordered(a, b, F.GreaterEqual)), Row.Two("fmin", (a, b) => Ordered(a, b, F.LessEqual)),
        Row.Two("eq", F.Equal), Row.Two("ne", F.NotEqual), Row.Two("lt", F.Less), Row.Two("le", F.LessEqual), Row.Two("gt", F.Greater), Row.Two("ge", F.GreaterEqual),
        new("logical_and", "self, other", call => F.And(Mask(call, "self"), Mask(call, "other"))), new("logical_or", "self, other", call => F.Or(Mask(call, "self"), Mask(call, "other"))),
        .. Masks("and", F.And), .. Masks("or", F.Or), .. Masks("xor", F.NotEqual), new("bitwise_not", "self", call => call.Tensor("self").Type.Kind == ElementKind.Boolean ? F.Not(call.Tensor("self")) : throw call.Lacks("truth values")),
        new("logical_not", "self", call => F.Not(Mask(call, "self"))),
        new("where", "condition, self, other", call => F.Where(Mask(call, "condition"), call.Real("self"), call.Real("other"))),
        new("masked_fill", "self, mask, value", call => F.Where(Mask(call, "mask"), call.Real("value"), call.Real("self"))),
    ];

    private static IEnumerable<AtenOperator> Masks(string name, Func<Variable, Variable, Variable> function) => new AtenOperator(
        $"bitwise_{name}", "self, other", call => call["self"] is Variable { Type.Kind: ElementKind.Boolean } && call["other"] is Variable { Type.Kind: ElementKind.Boolean }
            ? function(call.Tensor("self"), call.Tensor("other"))
            : throw call.Lacks("truth values")).Named($"__{name}__");

    private static Variable Mask(AtenCall call, string name) => F.Cast(call.Tensor(name), ElementKind.Boolean);

    // Indices stay whole, however large: reals of few bits would round them.
    private static Variable? Whole(AtenCall call, IndexOperation operation) => call["self"] is Variable or long && call["other"] is Variable or long && (IsIndex(call["self"]) || IsIndex(call["other"]))
        && (IsIndex(call["self"]) || call["self"] is long) && (IsIndex(call["other"]) || call["other"] is long)
            ? F.Combine(operation, Index(call, "self"), Index(call, "other"))
            : null;

    private static bool IsIndex(object? value) => value is Variable { Type.Kind: ElementKind.Index };

    private static Variable Index(AtenCall call, string name) => call[name] is long number ? call.Builder.Constant(Tensor.Of(Shape.Scalar, [number])) : call.Tensor(name);

    private static Variable Sum(AtenCall call, int sign)
    {
        if (call["alpha"] is 1L && Whole(call, sign == 1 ? IndexOperation.Add : IndexOperation.Subtract) is { } whole)
        {
            return whole;
        }

        double alpha = sign * call.Number("alpha");
        return (call["self"], call["other"]) switch
        {
            (Variable, long or double) => F.Add(call.Real("self"), alpha * call.Number("other")),
            _ when alpha == -1 => F.Subtract(call.Real("self"), call.Real("other")),
            _ => F.Add(call.Real("self"), alpha == 1 ? call.Real("other") : F.Scale(call.Real("other"), alpha)),
        };
    }

    private static Variable Product(AtenCall call) => Whole(call, IndexOperation.Multiply) ?? (call["self"], call["other"]) switch
    {
        (Variable, long or double) => F.Scale(call.Real("self"), call.Number("other")),
        (long or double, Variable) => F.Scale(call.Real("other"), call.Number("self")),
        _ => F.Multiply(call.Real("self"), call.Real("other")),
    };

    private static Variable Quotient(AtenCall call)
    {
        if (!call.Has("rounding_mode"))
        {
            return F.Divide(call.Real("self"), call.Real("other"));
        }

        var quotient = F.Divide(call.Real("self"), call.Real("other"));
        return call.Text("rounding_mode") == "floor" ? F.Floor(quotient) : F.Trunc(quotient);
    }

    // Not self + weight·(end − self), whose slope 1 − weight would be rounded after a product.
    private static Variable Between(AtenCall call) => call["weight"] is Variable weight
        ? F.Add(F.Multiply(F.Add(F.Negate(weight), 1), call.Real("self")), F.Multiply(weight, call.Real("end")))
        : F.Add(F.Scale(call.Real("self"), 1 - call.Number("weight")), F.Scale(call.Real("end"), call.Number("weight")));

    private static Variable Ordered(Variable a, Variable b, Func<Variable, Variable, Variable> first)
    {
        var (x, y) = (Broadcasting.To(a, Shapes.Common(a, b)), Broadcasting.To(b, Shapes.Common(a, b)));
        return F.Where(F.Or(first(x, y), F.NotEqual(y, y)), x, y);
    }

    private static Variable XLogY1(Variable a, Variable b)
    {
        var (x, y) = (Broadcasting.To(a, Shapes.Common(a, b)), Broadcasting.To(b, Shapes.Common(a, b)));
        var none = F.And(F.Equal(x, 0), F.LessEqual(y, -1));
        return F.Multiply(x, F.LogP1(F.Where(none, 0.0, y)));
    }

    private static Variable Clamped(AtenCall call)
    {
        var x = call.Real("self");
        if (call["min"] is not Variable && call["max"] is not Variable)
        {
            return F.Clamp(x, call.NumberOrNone("min") ?? double.NegativeInfinity, call.NumberOrNone("max") ?? double.PositiveInfinity);
        }

        return F.Clamp(x, call.RealOrNone("min"), call.RealOrNone("max"));
    }

    private static Variable Bounded(AtenCall call, Variable x, string bound) => (call[bound], bound) switch
    {
        (Variable, "min") => F.Clamp(x, call.Real(bound), null),
        (Variable, _) => F.Clamp(x, null, call.Real(bound)),
        (_, "min") => F.Clamp(x, lower: call.Number(bound)),
        _ => F.Clamp(x, upper: call.Number(bound)),
    };
}
