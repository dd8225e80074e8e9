using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using static Nonsmooth.LibTorch.Execution.Kernels.StructureKernels;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of pooling.</summary>
internal static class PoolingKernels
{
    private static readonly OperatorName _average = new("avg_pool2d");
    private static readonly OperatorName _averageBack = new("avg_pool2d_backward");
    private static readonly OperatorName _adaptive = new("_adaptive_avg_pool2d");
    private static readonly OperatorName _adaptiveBack = new("_adaptive_avg_pool2d_backward");
    private static readonly OperatorName _gather = new("gather");
    private static readonly OperatorName _reshape = new("reshape");
    private static readonly OperatorName _square = new("square");
    private static readonly OperatorName _root = new("sqrt");

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        table.Add<MaxPool2d>(Pooled);
        table.Add<MaxPoolScatter>((f, n, c) => Native(f, c) ? Scattered(f, n, c) : MaxPoolTies.Of(f, n, c));
        table.Add<MaxPoolPick>((f, n, c) => Native(f, c) ? Picked(n, c) : MaxPoolTies.Of(f, n, c));
        table.Add<AvgPool2d>((f, n, _) => Averaged(f, n));
        table.Add<AdaptiveAvgPool2d>((f, n, _) => Adapted(f, n));
        table.Add<AvgPoolSpread>(Spread);
        table.Add<NormPool2d>((f, n, _) => Normed(f, n));
    }

    // Where windows overlap libtorch's kernel rounds every sum to 16 bits, ours once: selections are compared by one kernel.
    private static bool Native(MaxPoolDerivative derivative, LoweringContext context) =>
        derivative.Rule.Equals(TieRule.First)
        && (!context.OwnLoops || context.Precision != Precision.BFloat16 || !Overlap(derivative.Pool));

    private static bool Overlap(MaxPool2d pool) =>
        pool.Stride.Zip(pool.Kernel.Zip(pool.Dilation, (k, d) => ((k - 1) * d) + 1), (stride, extent) => stride < extent).Any(o => o);

    private static DirectMaxPool Direct(MaxPool2d pool) =>
        new(Longs(pool.Kernel), Longs(pool.Stride), Longs(pool.Padding), Longs(pool.Dilation), pool.CeilMode);

    private static Kernel Pooled(MaxPool2d pool, Node node, LoweringContext context)
    {
        var direct = Direct(pool);
        int x = node.Arguments[0];
        int y = node.Results[0];
        int index = node.Results[1];
        var kind = context.Device.Kind;
        return values => (values[y], values[index]) = direct.Forward(values[x], kind);
    }

    private static Kernel Scattered(MaxPoolScatter scatter, Node node, LoweringContext context)
    {
        var direct = Direct(scatter.Pool);
        int x = node.Arguments[0];
        int index = node.Arguments[1];
        int g = node.Arguments[2];
        int y = node.Results[0];
        var kind = context.Device.Kind;
        return values => values[y] = direct.Backward(values[g], values[x], values[index], kind);
    }

    private static Kernel Picked(Node node, LoweringContext context)
    {
        int index = node.Arguments[1];
        int t = node.Arguments[2];
        int y = node.Results[0];
        var result = context.Sizes(y);
        long[] planes = [result[0], result[1], -1];
        return values =>
        {
            var flat = Dispatcher.Call1(_reshape, [Slot.Of(values[t]), Slot.Of(planes)]);
            var places = Dispatcher.Call1(_reshape, [Slot.Of(values[index]), Slot.Of(planes)]);
            var picked = Dispatcher.Call1(_gather, [Slot.Take(flat), Slot.Of(2L), Slot.Take(places), Slot.Of(false)]);
            values[y] = Dispatcher.Call1(_reshape, [Slot.Take(picked), Slot.Of(result)]);
        };
    }

    private static Kernel Averaged(AvgPool2d pool, Node node)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        var (kernel, stride, padding) = (Longs(pool.Kernel), Longs(pool.Stride), Longs(pool.Padding));
        return values => values[y] = Dispatcher.Call1(
            _average,
            [
                Slot.Of(values[x]), Slot.Of(kernel), Slot.Of(stride), Slot.Of(padding), Slot.Of(pool.CeilMode),
                Slot.Of(pool.CountIncludePad), Slot.Optional(pool.FixedDivisor is { } d ? d : (long?)null),
            ]);
    }

    private static Kernel Adapted(AdaptiveAvgPool2d pool, Node node)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        long[] size = [pool.Rows, pool.Columns];
        return values => values[y] = Dispatcher.Call1(_adaptive, [Slot.Of(values[x]), Slot.Of(size)]);
    }

    // Only the sizes of the pooled input matter to its adjoint.
    private static Kernel? Spread(AvgPoolSpread spread, Node node, LoweringContext context)
    {
        int g = node.Arguments[0];
        int y = node.Results[0];
        var sizes = context.Sizes(y);
        var (storage, device) = (context.Storage, context.Device);
        if (spread.Pool is AdaptiveAvgPool2d)
        {
            return values => values[y] = Dispatcher.Call1(
                _adaptiveBack, [Slot.Of(values[g]), Slot.Take(TensorFactory.Empty(sizes, storage, device))]);
        }

        if (spread.Pool is not AvgPool2d pool)
        {
            return null;
        }

        var (kernel, stride, padding) = (Longs(pool.Kernel), Longs(pool.Stride), Longs(pool.Padding));
        return values => values[y] = Dispatcher.Call1(
            _averageBack,
            [
                Slot.Of(values[g]), Slot.Take(TensorFactory.Empty(sizes, storage, device)), Slot.Of(kernel), Slot.Of(stride),
                Slot.Of(padding), Slot.Of(pool.CeilMode), Slot.Of(pool.CountIncludePad),
                Slot.Optional(pool.FixedDivisor is { } d ? d : (long?)null),
            ]);
    }

    private static Kernel Normed(NormPool2d pool, Node node)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        var (kernel, stride) = (Longs(pool.Kernel), Longs(pool.Stride));
        long[] padding = [0, 0];
        return values =>
        {
            var squares = Dispatcher.Call1(_square, [Slot.Of(values[x])]);
            var sums = Dispatcher.Call1(
                _average,
                [
                    Slot.Take(squares), Slot.Of(kernel), Slot.Of(stride), Slot.Of(padding), Slot.Of(false), Slot.Of(false),
                    Slot.Optional((long?)1),
                ]);
            values[y] = Dispatcher.Call1(_root, [Slot.Take(sums)]);
        };
    }
}
