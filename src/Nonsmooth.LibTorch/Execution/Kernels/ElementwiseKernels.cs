using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of the elementwise functions; those without one are written out over these.</summary>
internal static class ElementwiseKernels
{
    private static readonly OperatorName _clamp = new("clamp", "Tensor");
    private static readonly OperatorName _where = new("where", "self");
    private static readonly OperatorName _inverseRoot = new("rsqrt");
    private static readonly OperatorName _isNaN = new("isnan");
    private static readonly OperatorName _less = new("lt", "Tensor");
    private static readonly OperatorName _equal = new("eq", "Tensor");
    private static readonly OperatorName _root = new("sqrt");
    private static readonly OperatorName _larger = new("maximum");
    private static readonly OperatorName _lesser = new("minimum");
    private static readonly OperatorName _leaky = new("_prelu_kernel");
    private static readonly OperatorName _divide = new("div", "Tensor");

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        Add<Negate>(table, "neg");
        Add<Abs>(table, "abs");
        Add<Relu>(table, "relu");
        Add<Hardsigmoid>(table, "hardsigmoid");
        Add<Hardswish>(table, "hardswish");
        Add<Selu>(table, "selu");
        Add<Silu>(table, "silu");
        Add<Sigmoid>(table, "sigmoid");
        Add<Tanh>(table, "tanh");
        Add<Exp>(table, "exp");
        Add<ExpM1>(table, "expm1");
        Add<Log>(table, "log");
        Add<LogP1>(table, "log1p");
        table.Add<Unary<Sqrt>>((_, n, c) => PointwiseLoops.SquareRoot(n, c) ?? Row.Unary(_root, n));
        Add<Rsqrt>(table, "rsqrt");
        Add<Reciprocal>(table, "reciprocal");
        Add<Square>(table, "square");
        Add<Sin>(table, "sin");
        Add<Cos>(table, "cos");
        Add<Erf>(table, "erf");
        Add<Erfc>(table, "erfc");
        Add<Floor>(table, "floor");
        Add<Round>(table, "round");
        Add<Ceil>(table, "ceil");
        Add<Trunc>(table, "trunc");
        table.Add<Unary<Clamp>>((f, n, c) => Clamped(n, c, f.Rule.Lower, f.Rule.Upper));
        table.Add<Unary<Relu6>>((_, n, c) => Clamped(n, c, 0, 6));
        table.Add<Unary<Hardtanh>>((_, n, c) => Clamped(n, c, -1, 1));
        table.Add<Unary<LeakyRelu>>((f, n, c) => Leaky(n, c, f.Rule.NegativeSlope));
        table.Add<Unary<AddConstant>>((f, n, c) => Row.Direct(n, x => c.Direct.Add(x, f.Rule.Constant)));
        table.Add<Unary<MultiplyConstant>>((f, n, c) => Row.Direct(n, x => c.Direct.Multiply(x, f.Rule.Constant)));
        table.Add<Unary<PowConstant>>((f, n, c) => f.Rule.Exponent switch { 0.5 => Row.Unary(_root, n), -0.5 => Row.Unary(_inverseRoot, n), _ => Row.Direct(n, x => c.Direct.Power(x, f.Rule.Exponent)) });
        table.Add<Unary<Gelu>>((f, n, c) => RuleLoops.Value(f.Rule, n, c));
        table.Add<Binary<Add>>((_, n, c) => Row.Direct(n, (a, b) => c.Direct.Add(a, b)));
        table.Add<Binary<Subtract>>((_, n, c) => Row.Direct(n, (a, b) => c.Direct.Subtract(a, b)));
        table.Add<Binary<Multiply>>((_, n, c) => Row.Direct(n, (a, b) => c.Direct.Multiply(a, b)));
        table.Add<Binary<Divide>>((_, n, _) => Row.Binary(_divide, n));
        Add2<Maximum>(table, "maximum");
        Add2<Minimum>(table, "minimum");
        table.Add<Binary<Bound>>((f, n, _) => Row.Binary(f.Rule.Above ? _lesser : _larger, n));
        table.Add<Binary<Pow>>((_, n, c) => Row.Direct(n, (a, b) => c.Direct.Power(a, b)));
        table.Add<Gate>(Gated);
        table.Add<Branch>(Branched);
        table.Add<Greater>((f, n, c) => PointwiseLoops.Greater(f, n, c) ?? Compared(f, n, c));
    }

    private static void Add<TRule>(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table, string name)
        where TRule : struct, IUnary, IEquatable<TRule>
    {
        var op = new OperatorName(name);
        table.Add<Unary<TRule>>((_, node, _) => Row.Unary(op, node));
    }

    private static void Add2<TRule>(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table, string name)
        where TRule : struct, IBinary, IEquatable<TRule>
    {
        var op = new OperatorName(name);
        table.Add<Binary<TRule>>((_, node, _) => Row.Binary(op, node));
    }

    // A slope of 0 times an infinite number is NaN, and the function is 0 there.
    private static Kernel Leaky(Node node, LoweringContext context, double slope) =>
        slope == 0 ? Clamped(node, context, 0, double.PositiveInfinity) : Weighted(node.Arguments[0], node.Results[0], context.Scalar(slope));

    private static Kernel Weighted(int from, int to, TensorHandle slope) => values => values[to] = Dispatcher.Call1(_leaky, [Slot.Of(values[from]), Slot.Of(slope)]);

    private static Kernel Clamped(Node node, LoweringContext context, double lower, double upper)
    {
        var low = double.IsInfinity(lower) ? default : context.Scalar(lower);
        var high = double.IsInfinity(upper) ? default : context.Scalar(upper);
        if (low.IsNull && high.IsNull)
        {
            return Row.Direct(node, x => x.Share());
        }

        int from = node.Arguments[0];
        int to = node.Results[0];
        return values => values[to] = Dispatcher.Call1(_clamp, [Slot.Of(values[from]), Slot.Optional(low), Slot.Optional(high)]);
    }

    private static Kernel Gated(Gate gate, Node node, LoweringContext context)
    {
        var p = gate.Slopes;
        int x = node.Arguments[0];
        int g = node.Arguments[1];
        int y = node.Results[0];
        var zero = context.Scalar(0);
        bool relu = p is { First: 0, HasSecond: false, Below: 0, Between: 1 } && context.OwnLoops;
        return values =>
        {
            if (relu)
            {
                var result = TensorFactory.EmptyStrided(values[x].Sizes, values[x].Strides, context.Storage, context.Device);
                if (ReluGradient.TryRun(values[g], values[x], result, p.AtFirst))
                {
                    values[y] = result;
                    return;
                }

                // A cotangent of another layout (a mean's, spread over its axes) is brought into that of x first: still
                // far cheaper than choosing by masks.
                if (values[x].IsDense)
                {
                    TensorFactory.Copy(result, values[g]);
                    if (ReluGradient.TryRun(result, values[x], result, p.AtFirst))
                    {
                        values[y] = result;
                        return;
                    }
                }

                result.Delete();
            }

            var piece = Upper(values[x], values[g]);
            values[y] = double.IsNegativeInfinity(p.First)
                ? piece
                : Choose(values[x], p.First, Scaled(values[g], p.Below), Scaled(values[g], p.AtFirst), piece);
        };

        TensorHandle Upper(TensorHandle input, TensorHandle direction) => p.HasSecond
            ? Choose(input, p.Second, Scaled(direction, p.Between), Scaled(direction, p.AtSecond), Scaled(direction, p.Above))
            : Scaled(direction, p.Between);

        TensorHandle Scaled(TensorHandle direction, double slope) => slope switch
        {
            0 => zero.Share(),
            1 => direction.Share(),
            _ => context.Direct.Multiply(direction, slope),
        };

        TensorHandle Choose(TensorHandle input, double threshold, TensorHandle below, TensorHandle at, TensorHandle above) =>
            Three(input, context.Scalar(threshold), below, at, above);
    }

    private static Kernel Branched(Branch branch, Node node, LoweringContext context)
    {
        var threshold = context.Scalar(branch.Threshold);
        int[] a = [.. node.Arguments];
        int y = node.Results[0];
        return values => values[y] = Three(
            values[a[0]], threshold, values[a[1]].Share(), values[a[2]].Share(), values[a[3]].Share());
    }

    private static Kernel Compared(Greater greater, Node node, LoweringContext context)
    {
        var zero = context.Scalar(0);
        var one = context.Scalar(1);
        var tie = context.Scalar(greater.Tie);
        int a = node.Arguments[0];
        int b = node.Arguments[1];
        int y = node.Results[0];
        return values =>
        {
            // A NaN on the left counts as greater, one on the right leaves the left not greater.
            var second = Dispatcher.Call1(_isNaN, [Slot.Of(values[b])]);
            var first = Dispatcher.Call1(_isNaN, [Slot.Of(values[a])]);
            var otherwise = Dispatcher.Call1(_where, [Slot.Take(second), Slot.Of(zero), Slot.Of(one)]);
            var compared = Three(values[a], values[b], zero.Share(), tie.Share(), otherwise);
            values[y] = Dispatcher.Call1(_where, [Slot.Take(first), Slot.Of(one), Slot.Take(compared)]);
        };
    }

    // Takes the three choices. A comparison with NaN is false, so NaN ends in the last one.
    private static TensorHandle Three(TensorHandle x, TensorHandle threshold, TensorHandle below, TensorHandle at, TensorHandle above)
    {
        var equal = Dispatcher.Call1(_equal, [Slot.Of(x), Slot.Of(threshold)]);
        var rest = Dispatcher.Call1(_where, [Slot.Take(equal), Slot.Take(at), Slot.Take(above)]);
        var less = Dispatcher.Call1(_less, [Slot.Of(x), Slot.Of(threshold)]);
        return Dispatcher.Call1(_where, [Slot.Take(less), Slot.Take(below), Slot.Take(rest)]);
    }
}
