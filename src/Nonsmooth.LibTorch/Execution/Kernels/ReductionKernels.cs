using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using static Nonsmooth.LibTorch.Execution.Kernels.StructureKernels;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of reductions, softmax, running sums and orders.</summary>
internal static class ReductionKernels
{
    private static readonly OperatorName _amax = new("amax");
    private static readonly OperatorName _amin = new("amin");
    private static readonly OperatorName _argmax = new("argmax");
    private static readonly OperatorName _abs = new("abs");
    private static readonly OperatorName _square = new("square");
    private static readonly OperatorName _root = new("sqrt");
    private static readonly OperatorName _sum = new("sum", "dim_IntList");
    private static readonly OperatorName _logSumExp = new("logsumexp");
    private static readonly OperatorName _softmax = new("_softmax");
    private static readonly OperatorName _logSoftmax = new("_log_softmax");
    private static readonly OperatorName _flip = new("flip");
    private static readonly OperatorName _cummax = new("cummax");
    private static readonly OperatorName _sort = new("sort", "stable");
    private static readonly OperatorName _slice = new("slice", "Tensor");
    private static readonly OperatorName _equal = new("eq", "Tensor");
    private static readonly OperatorName _isNaN = new("isnan");
    private static readonly OperatorName _and = new("logical_and");
    private static readonly OperatorName _or = new("logical_or");
    private static readonly OperatorName _where = new("where", "self");
    private static readonly OperatorName _divide = new("div", "Tensor");

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        table.Add<ReduceExtremum>((f, n, _) => Extremum(f.Largest ? _amax : _amin, n, Longs(f.Axes), f.KeepAxes));
        table.Add<TieWeights>((f, n, c) => TieWeightKernel.Of(f, n, c) ?? (f.Rule.Equals(TieRule.Average) ? Shared(f, n, c) : null));
        table.Add<ArgMax>((f, n, _) => Positioned(f, n));
        table.Add<Norm>(Normed);
        table.Add<SafeDivide>(Divided);
        table.Add<LogSumExp>((f, n, _) => Extremum(_logSumExp, n, Longs(f.Axes), f.KeepAxes));
        table.Add<Softmax>((f, n, _) => Normalised(_softmax, n, f.Axis));
        table.Add<LogSoftmax>((f, n, _) => Normalised(_logSoftmax, n, f.Axis));
        table.Add<CumulativeSum>(Running);
        table.Add<CumulativeMaximum>((f, n, _) => Raised(f, n));
        table.Add<CumulativeMaximumTangent>((f, n, c) => RunningTieKernel.Of(f, n, c));
        table.Add<CumulativeMaximumCotangent>((f, n, c) => RunningTieKernel.Of(f, n, c));
        table.Add<Median>((f, n, c) => MedianLoops.Of(f, n, c));
        table.Add<Sort>((f, n, c) => Ordered(n, c, f.Axis, f.Descending, null));
        table.Add<TopK>((f, n, c) => Ordered(n, c, f.Axis, f.Largest, f.K));
    }

    private static Kernel Extremum(OperatorName op, Node node, long[] axes, bool keep)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(op, [Slot.Of(values[x]), Slot.Of(axes), Slot.Of(keep)]);
    }

    private static Kernel Shared(TieWeights function, Node node, LoweringContext context)
    {
        int x = node.Arguments[0];
        int m = node.Arguments[1];
        int y = node.Results[0];
        var axes = Longs(function.Axes);
        var one = ScalarTensors.Get(1, context.Storage, context.Device);
        var zero = ScalarTensors.Get(0, context.Storage, context.Device);
        return values =>
        {
            // Where the extremum is NaN, every NaN attains it.
            var equal = Dispatcher.Call1(_equal, [Slot.Of(values[x]), Slot.Of(values[m])]);
            var none = Dispatcher.Call1(_and, [Slot.Take(Dispatcher.Call1(_isNaN, [Slot.Of(values[x])])), Slot.Take(Dispatcher.Call1(_isNaN, [Slot.Of(values[m])]))]);
            var tied = Dispatcher.Call1(_or, [Slot.Take(equal), Slot.Take(none)]);
            var flags = Dispatcher.Call1(_where, [Slot.Of(tied), Slot.Of(one), Slot.Of(zero)]);
            var counts = Dispatcher.Call1(_sum, [Slot.Take(flags), Slot.Some(Slot.Of(axes)), Slot.Of(true), Slot.None]);
            var shares = Dispatcher.Call1(_divide, [Slot.Of(one), Slot.Take(counts)]);
            values[y] = Dispatcher.Call1(_where, [Slot.Take(tied), Slot.Take(shares), Slot.Of(zero)]);
        };
    }

    private static Kernel Positioned(ArgMax function, Node node)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(
            _argmax, [Slot.Of(values[x]), Slot.Optional((long?)function.Axis), Slot.Of(false)]);
    }

    private static Kernel Normed(Norm norm, Node node, LoweringContext context)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        var axes = Longs(norm.Axes);
        if (axes.Length == 0)
        {
            return Row.Unary(_abs, node);
        }

        bool keep = norm.KeepAxes;
        return norm.Order switch
        {
            1 => values => values[y] = Sum(Dispatcher.Call1(_abs, [Slot.Of(values[x])])),
            2 => values => values[y] = Dispatcher.Call1(_root, [Slot.Take(Sum(Dispatcher.Call1(_square, [Slot.Of(values[x])])))]),
            _ => values => values[y] = Dispatcher.Call1(
                _amax, [Slot.Take(Dispatcher.Call1(_abs, [Slot.Of(values[x])])), Slot.Of(axes), Slot.Of(keep)]),
        };

        TensorHandle Sum(TensorHandle parts) =>
            Dispatcher.Call1(_sum, [Slot.Take(parts), Slot.Some(Slot.Of(axes)), Slot.Of(keep), Slot.None]);
    }

    private static Kernel Divided(SafeDivide function, Node node, LoweringContext context)
    {
        var zero = ScalarTensors.Get(0, context.Storage, context.Device);
        var instead = context.Scalar(function.AtZero);
        int a = node.Arguments[0];
        int b = node.Arguments[1];
        int y = node.Results[0];
        return values =>
        {
            var none = Dispatcher.Call1(_equal, [Slot.Of(values[b]), Slot.Of(zero)]);
            var quotient = Dispatcher.Call1(_divide, [Slot.Of(values[a]), Slot.Of(values[b])]);
            values[y] = Dispatcher.Call1(_where, [Slot.Take(none), Slot.Of(instead), Slot.Take(quotient)]);
        };
    }

    private static Kernel Normalised(OperatorName op, Node node, int axis)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(op, [Slot.Of(values[x]), Slot.Of((long)axis), Slot.Of(false)]);
    }

    private static Kernel Running(CumulativeSum function, Node node, LoweringContext context)
    {
        int axis = function.Axis;
        if (!function.Reverse)
        {
            return Row.Direct(node, x => context.Direct.CumulativeSum(x, axis));
        }

        int from = node.Arguments[0];
        int to = node.Results[0];
        long[] axes = [axis];
        return values =>
        {
            var flipped = Dispatcher.Call1(_flip, [Slot.Of(values[from]), Slot.Of(axes)]);
            var sums = context.Direct.CumulativeSum(flipped, axis);
            flipped.Delete();
            values[to] = Dispatcher.Call1(_flip, [Slot.Take(sums), Slot.Of(axes)]);
        };
    }

    private static Kernel Raised(CumulativeMaximum function, Node node)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        int index = node.Results[1];
        return values => (values[y], values[index]) = Dispatcher.Call2(
            _cummax, [Slot.Of(values[x]), Slot.Of((long)function.Axis)]);
    }

    // top-k takes the head of the stable order: libtorch's own breaks ties in no stated order.
    private static Kernel Ordered(Node node, LoweringContext context, int axis, bool descending, int? head)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        int index = node.Results[1];
        return values =>
        {
            var (sorted, order) = Dispatcher.Call2(
                _sort, [Slot.Of(values[x]), Slot.Optional((bool?)true), Slot.Of((long)axis), Slot.Of(descending)]);
            (values[y], values[index]) = head is { } k ? (Head(sorted, k), Head(order, k)) : (sorted, order);
        };

        TensorHandle Head(TensorHandle tensor, int k) => Dispatcher.Call1(
            _slice, [Slot.Take(tensor), Slot.Of((long)axis), Slot.Optional((long?)0), Slot.Optional((long?)k), Slot.Of(1L)]);
    }
}
