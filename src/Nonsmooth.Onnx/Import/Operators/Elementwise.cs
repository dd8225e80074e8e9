using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Marks;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Arithmetic, element by element.</summary>
internal static class Elementwise
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Of("Add", n => Two(n, Functions.Add, (a, b) => Functions.Combine(IndexOperation.Add, a, b), (x, c) => x + c, true)),
        Row.Of("Sub", n => Two(n, Functions.Subtract, (a, b) => Functions.Combine(IndexOperation.Subtract, a, b), (x, c) => x - c, false)),
        Row.Of("Mul", n => Two(n, Functions.Multiply, (a, b) => Functions.Combine(IndexOperation.Multiply, a, b), (x, c) => x * c, true)),
        Row.Of("Div", n => Two(n, Functions.Divide, Integers.Divide, (x, c) => x / c, false)),
        Row.Of("Mod", Mod),
        Row.Of("Pow", Pow),
        Row.Of("Max", n => Extreme(n, largest: true)),
        Row.Of("Min", n => Extreme(n, largest: false)),
        Row.Of("Sum", n => Reals(n).Aggregate(Functions.Add)),
        Row.Of("Mean", n => n.Count == 1 ? n.Real(0) : Reals(n).Aggregate(Functions.Add) * (1.0 / n.Count)),
        Row.Of("Neg", n => n.Any(0) is { Type.Kind: ElementKind.Index } i ? Integers.Negate(i) : Functions.Negate(n.Real(0))),
        Row.Of("Abs", n => n.Any(0) is { Type.Kind: ElementKind.Index } i ? Integers.Abs(i) : Functions.Abs(n.Real(0))),
        Row.Of("Sign", n => n.Any(0) is { Type.Kind: ElementKind.Index } i ? Integers.Sign(i) : Stepped(n, Functions.Sign)),
        Row.Of("Floor", n => Stepped(n, Functions.Floor)), Row.Of("Ceil", n => Stepped(n, Functions.Ceil)), Row.Of("Round", n => Stepped(n, Functions.Round)),
        One("Exp", Functions.Exp), One("Log", Functions.Log), One("Sqrt", Functions.Sqrt), One("Reciprocal", Functions.Reciprocal),
        One("Erf", Functions.Erf), One("Sin", Functions.Sin), One("Cos", Functions.Cos),
        One("Tan", Functions.Tan), One("Sinh", Functions.Sinh), One("Cosh", Functions.Cosh), One("Tanh", Functions.Tanh),
        One("Asin", Functions.Asin), One("Acos", Functions.Acos), One("Atan", Functions.Atan),
        One("Asinh", Functions.Asinh), One("Acosh", Functions.Acosh), One("Atanh", Functions.Atanh),
        Row.Of("Clip", Clip),
    ];

    /// <summary>An operator of one real argument.</summary>
    public static OperatorRow One(string op, Func<Variable, Variable> function) => Row.Of(op, n => function(n.Real(0)));

    /// <summary>All arguments as reals.</summary>
    public static IEnumerable<Variable> Reals(NodeContext n) => Enumerable.Range(0, n.Count).Select(n.Real);

    /// <summary>The second argument shaped so that it broadcasts as old versions say: its axes stand at the first one's from a given one on.</summary>
    public static Variable Aligned(NodeContext n, Variable a, Variable b)
    {
        if (n.Version >= 7 || !n.Flag("broadcast") || !n.HasAttribute("axis"))
        {
            return b;
        }

        int axis = a.Shape.Axis(n.Small("axis", 0));
        int after = a.Shape.Rank - axis - b.Shape.Rank;
        return after > 0 ? b.Reshape(b.Shape.Concat(new Shape([.. Enumerable.Repeat(1, after)]))) : b;
    }

    private static Variable Two(NodeContext n, Func<Variable, Variable, Variable> reals, Func<Variable, Variable, Variable> integers, Func<Variable, double, Variable> constant, bool commutes)
    {
        if (n[0].Kind == ElementKind.Index)
        {
            return Integers.Wrap(integers(n.Any(0), Aligned(n, n.Any(0), n.Any(1))), n[0].Stored);
        }

        // A number that stands for a tensor of one element leaves the shape as it is: the function with a constant.
        if (n.IsNumber(1, out double right) && n.Shape(1).Rank <= n.Shape(0).Rank && right != 0)
        {
            return constant(n.Real(0), right);
        }

        if (commutes && n.IsNumber(0, out double left) && n.Shape(0).Rank <= n.Shape(1).Rank)
        {
            return constant(n.Real(1), left);
        }

        var a = n.Real(0);
        return reals(a, Aligned(n, a, n.Real(1)));
    }

    private static Variable Mod(NodeContext n)
    {
        bool likeC = n.Flag("fmod");
        if (n[0].Kind == ElementKind.Index)
        {
            return Integers.Remainder(n.Any(0), n.Any(1), likeC);
        }

        return likeC ? Functions.Fmod(n.Real(0), n.Real(1)) : Functions.Remainder(n.Real(0), n.Real(1));
    }

    private static Variable Pow(NodeContext n)
    {
        bool isInteger = n[0].Kind == ElementKind.Index;
        if (n[1].Shape.Count64 == 1 && n.IsKnown(1) && n.Shape(1).Rank <= n.Shape(0).Rank)
        {
            double exponent = n.Number(1);
            var power = exponent == 2 ? Functions.Pow(n.Real(0), 2) : Functions.Pow(n.Real(0), exponent);
            return isInteger ? Functions.Cast(power, ElementKind.Index) : power;
        }

        var result = Functions.Pow(n.Real(0), Aligned(n, n.Real(0), n.Real(1)));
        return isInteger ? Functions.Cast(result, ElementKind.Index) : result;
    }

    // Exporters write what a straight-through estimator computes, not the gradient it was given.
    private static Variable Stepped(NodeContext n, Func<Variable, Variable> function)
    {
        if (n[0] is Traced or Initial)
        {
            n.Note(OnnxNoteKind.Quantisation, $"{n.Node.Op} jumps, and its derivative is 0: where training passed a gradient straight through, the file has lost it");
        }

        return function(n.Real(0));
    }

    private static Variable Extreme(NodeContext n, bool largest)
    {
        if (n[0].Kind == ElementKind.Index)
        {
            return Enumerable.Range(0, n.Count).Select(n.Any).Aggregate(largest ? Integers.Maximum : Integers.Minimum);
        }

        if (n.Count <= 2)
        {
            return Reals(n).Aggregate(largest ? Functions.Maximum : Functions.Minimum);
        }

        // Of several, each that attains the extremum has an equal share, which pairs would not give.
        Variable[] parts = [.. Reals(n)];
        var common = parts.Select(p => p.Shape).Aggregate(Broadcasting.Common);
        var stack = Functions.Stack(0, [.. parts.Select(p => Broadcasting.To(p, common))]);
        return largest ? stack.Max(0) : stack.Min(0);
    }

    private static Variable Clip(NodeContext n)
    {
        bool isOld = n.Version < 11;
        if (n[0].Kind == ElementKind.Index)
        {
            var i = n.Any(0);
            i = n.Has(1) ? Integers.Maximum(i, n.Any(1)) : i;
            return n.Has(2) ? Integers.Minimum(i, n.Any(2)) : i;
        }

        var x = n.Real(0);
        double? lower = isOld ? n.Attribute("min", double.NegativeInfinity) : n.Has(1) ? n.IsKnown(1) ? n.Number(1) : null : double.NegativeInfinity;
        double? upper = isOld ? n.Attribute("max", double.PositiveInfinity) : n.Has(2) ? n.IsKnown(2) ? n.Number(2) : null : double.PositiveInfinity;
        if (lower is not { } low || upper is not { } high)
        {
            x = lower is { } l ? double.IsNegativeInfinity(l) ? x : Functions.Clamp(x, l) : Functions.Maximum(x, n.Real(1));
            return upper is { } u ? double.IsPositiveInfinity(u) ? x : Functions.Clamp(x, upper: u) : Functions.Minimum(x, n.Real(2));
        }

        // The largest float stands for no bound.
        low = low <= -float.MaxValue ? double.NegativeInfinity : low;
        high = high >= float.MaxValue ? double.PositiveInfinity : high;
        return Clamped(n, x, low, high);
    }

    private static Variable Clamped(NodeContext n, Variable x, double low, double high)
    {
        if (double.IsNegativeInfinity(low) && double.IsPositiveInfinity(high))
        {
            return x;
        }

        if (low > high)
        {
            return x.Builder.Apply(new Fill(x.Shape, high));
        }

        string? said = n.Node.Metadata.FirstOrDefault(p => p.Key == NodeMark.FunctionKey)?.Value;
        var form = n.Options.ClipNodes.TryGetValue(n.Node.Name, out var own) ? own : Enum.TryParse<ClipForm>(said, ignoreCase: true, out var known) ? known : n.Options.ClipAs;
        (form, string text) = (low, high) switch
        {
            (0, 6) when form == ClipForm.Relu6 => (form, "relu6, as asked"),
            (-1, 1) when form == ClipForm.Hardtanh => (form, "hardtanh, as asked"),
            (0, 6) => (ClipForm.Clamp, "clamp; it may have been relu6, whose slopes at the bounds are others"),
            (-1, 1) => (ClipForm.Clamp, "clamp; it may have been hardtanh, whose slopes at the bounds are others"),
            _ => (ClipForm.Clamp, ""),
        };
        if (text.Length > 0 && said is null)
        {
            n.Note(OnnxNoteKind.Clip, $"Clip from {low} to {high} is taken for {text}");
        }

        return form switch
        {
            ClipForm.Relu6 => Functions.Relu6(x),
            ClipForm.Hardtanh => Functions.Hardtanh(x),
            _ => Functions.Clamp(x, low, high),
        };
    }
}
