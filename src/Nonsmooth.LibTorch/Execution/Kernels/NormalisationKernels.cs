using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of batch and layer norm, and of their gradients.</summary>
internal static class NormalisationKernels
{
    private static readonly OperatorName _statistics = new("batch_norm_update_stats");
    private static readonly OperatorName _batchNorm = new("native_batch_norm");
    private static readonly OperatorName _batchNormBack = new("native_batch_norm_backward");
    private static readonly OperatorName _layerNorm = new("native_layer_norm");
    private static readonly OperatorName _layerNormBack = new("native_layer_norm_backward");
    private static readonly OperatorName _inverseRoot = new("rsqrt");

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        table.Add<BatchNorm>((f, n, c) => Batch(n, f.Epsilon, c));
        table.Add<BatchNormInference>((f, n, c) => Given(n, f.Epsilon, c));
        table.Add<BatchNormGradient>((f, n, c) => BatchBack(n, f.Epsilon, c));
        table.Add<LayerNorm>((f, n, c) => Layer(n, f.Epsilon, c));
        table.Add<LayerNormGradient>((_, n, c) => LayerBack(n, c));
    }

    /// <summary>What takes 16-bit images with channels last as they are: own loops, which compute in 32 bits.</summary>
    public static Func<TensorHandle[], bool>? Rows(Node node, LoweringContext context) => node.Function switch
    {
        BatchNorm norm => values => TryRows(node, norm.Epsilon, -1, values, context),
        BatchNormGradient gradient => values => TryRowsBack(node, gradient.Epsilon, values[node.Arguments[4]], default, values, context),
        _ => null,
    };

    private static Kernel Batch(Node node, double epsilon, LoweringContext context)
    {
        int[] a = [.. node.Arguments];
        int[] r = [.. node.Results];
        long[][] sizes = [.. r.Select(context.Sizes)];
        var (storage, device) = (context.Storage, context.Device);
        return values =>
        {
            if (TryRows(node, epsilon, -1, values, context))
            {
                return;
            }

            if (context.OwnLoops && context.Fused && BatchNormLoops.Take([values[a[0]], values[a[1]], values[a[2]]]))
            {
                for (int i = 0; i < r.Length; i++)
                {
                    values[r[i]] = TensorFactory.Empty(sizes[i], storage, device);
                }

                BatchNormLoops.Forward(
                    values[a[0]], values[a[1]], values[a[2]], epsilon, values[r[0]], values[r[1]], values[r[2]]);
                return;
            }

            // In two calls, which together do what the training mode does, since that gives no variance.
            var (mean, variance) = Dispatcher.Call2(_statistics, [Slot.Of(values[a[0]]), Slot.None, Slot.None, Slot.Of(0.0)]);
            values[r[0]] = Normalised(values[a[0]], values[a[1]], values[a[2]], mean, variance, epsilon, context);
            (values[r[1]], values[r[2]]) = (mean, variance);
        };
    }

    /// <summary>Batch norm in own loops over images with channels last; false where they are not wanted or not of that kind.</summary>
    /// <param name="node">The norm.</param>
    /// <param name="epsilon">Its ε.</param>
    /// <param name="relu">The value that the norm's relu makes, which is made instead of the norm's; −1 without a relu.</param>
    /// <param name="values">The table of values.</param>
    /// <param name="context">The program.</param>
    internal static bool TryRows(Node node, double epsilon, int relu, TensorHandle[] values, LoweringContext context)
    {
        var (a, r) = (node.Arguments, node.Results);
        var x = values[a[0]];
        bool taken = context.ChannelsLast && BatchNormRows.Take(x);
        if (taken)
        {
            var y = LastChannels.Empty(x.Sizes, context.Storage, context.Device);
            var statistics = context.IsWide(r[1]) && context.IsWide(r[2]) ? TorchDtype.Float32 : context.Storage;
            values[r[1]] = TensorFactory.Empty(values[a[1]].Sizes, statistics, context.Device);
            values[r[2]] = TensorFactory.Empty(values[a[1]].Sizes, statistics, context.Device);
            BatchNormRows.Forward(x, values[a[1]], values[a[2]], epsilon, relu >= 0, y, values[r[1]], values[r[2]]);
            values[relu >= 0 ? relu : r[0]] = y;
        }

        return taken;
    }

    /// <summary>The gradient of batch norm in own loops over images with channels last, as <see cref="TryRows"/>.</summary>
    /// <param name="node">The gradient.</param>
    /// <param name="epsilon">Its ε.</param>
    /// <param name="g">The cotangent that comes in, before the relu's gate if there is one.</param>
    /// <param name="gate">The relu's value; <c>default</c> without a relu.</param>
    /// <param name="values">The table of values.</param>
    /// <param name="context">The program.</param>
    internal static bool TryRowsBack(Node node, double epsilon, TensorHandle g, TensorHandle gate, TensorHandle[] values, LoweringContext context)
    {
        var (a, r) = (node.Arguments, node.Results);
        var x = values[a[0]];
        if (!context.ChannelsLast || !BatchNormRows.Take(x, gate.IsNull ? x : gate))
        {
            return false;
        }

        var cotangent = TensorFactory.Contiguous(g, MemoryFormat.ChannelsLast);
        bool taken = BatchNormRows.Take(x, cotangent);
        if (taken)
        {
            values[r[0]] = LastChannels.Empty(x.Sizes, context.Storage, context.Device);
            values[r[1]] = TensorFactory.Empty(values[a[1]].Sizes, context.Storage, context.Device);
            values[r[2]] = TensorFactory.Empty(values[a[1]].Sizes, context.Storage, context.Device);
            BatchNormRows.Backward(
                x, values[a[1]], values[a[2]], values[a[3]], cotangent, gate, epsilon, values[r[0]], values[r[1]], values[r[2]]);
        }

        cotangent.Delete();
        return taken;
    }

    private static Kernel Given(Node node, double epsilon, LoweringContext context)
    {
        int[] a = [.. node.Arguments];
        int y = node.Results[0];
        return values => values[y] = Normalised(values[a[0]], values[a[1]], values[a[2]], values[a[3]], values[a[4]], epsilon, context);
    }

    private static Kernel BatchBack(Node node, double epsilon, LoweringContext context)
    {
        int[] a = [.. node.Arguments];
        int[] r = [.. node.Results];
        long[][] sizes = [.. r.Select(context.Sizes)];
        var (storage, device) = (context.Storage, context.Device);
        return values =>
        {
            if (TryRowsBack(node, epsilon, values[a[4]], default, values, context))
            {
                return;
            }

            if (context.OwnLoops && context.Fused && BatchNormLoops.Take([values[a[0]], values[a[1]], values[a[2]], values[a[3]], values[a[4]]]))
            {
                for (int i = 0; i < r.Length; i++)
                {
                    values[r[i]] = TensorFactory.Empty(sizes[i], storage, device);
                }

                BatchNormLoops.Backward(
                    values[a[0]], values[a[1]], values[a[2]], values[a[3]], values[a[4]], epsilon, values[r[0]], values[r[1]], values[r[2]]);
                return;
            }

            var shifted = context.Direct.Add(values[a[3]], epsilon);
            var scale = Dispatcher.Call1(_inverseRoot, [Slot.Take(shifted)]);
            (values[r[0]], values[r[1]], values[r[2]]) = Dispatcher.Call3(
                _batchNormBack,
                [
                    Slot.Of(values[a[4]]), Slot.Of(values[a[0]]), Slot.Optional(values[a[1]]), Slot.None, Slot.None,
                    Slot.Optional(values[a[2]]), Slot.Some(Slot.Take(scale)), Slot.Of(true), Slot.Of(epsilon),
                    Slot.Of((ReadOnlySpan<bool>)[true, true, true]),
                ]);
        };
    }

    private static Kernel Layer(Node node, double epsilon, LoweringContext context)
    {
        int[] a = [.. node.Arguments];
        int[] r = [.. node.Results];
        long[] sizes = context.Sizes(a[1]);
        return values =>
        {
            ReadOnlySpan<TensorHandle> read = [values[a[0]], values[a[1]], values[a[2]]];
            (values[r[0]], values[r[1]], values[r[2]]) = context.OwnLoops && LayerNormLoops.Take(read)
                ? LayerNormLoops.Forward(read, epsilon)
                : Dispatcher.Call3(
                    _layerNorm,
                    [
                        Slot.Of(values[a[0]]), Slot.Of(sizes), Slot.Optional(values[a[1]]), Slot.Optional(values[a[2]]), Slot.Of(epsilon),
                    ]);
        };
    }

    private static Kernel LayerBack(Node node, LoweringContext context)
    {
        int[] a = [.. node.Arguments];
        int[] r = [.. node.Results];
        long[] sizes = context.Sizes(a[1]);


        // Of the bias only the sizes matter, which are the weight's.
        return values =>
        {
            ReadOnlySpan<TensorHandle> read = [values[a[0]], values[a[1]], values[a[2]], values[a[3]], values[a[4]]];
            (values[r[0]], values[r[1]], values[r[2]]) = context.OwnLoops && LayerNormLoops.Take(read)
                ? LayerNormLoops.Backward(read)
                : Dispatcher.Call3(
                    _layerNormBack,
                    [
                        Slot.Of(values[a[4]]), Slot.Of(values[a[0]]), Slot.Of(sizes), Slot.Of(values[a[2]]), Slot.Of(values[a[3]]),
                        Slot.Optional(values[a[1]]), Slot.Optional(values[a[1]]), Slot.Of((ReadOnlySpan<bool>)[true, true, true]),
                    ]);
        };
    }

    // libtorch's own on the processor is x·α + β, which cancels where the mean is large.
    private static TensorHandle Normalised(
        TensorHandle x, TensorHandle weight, TensorHandle bias, TensorHandle mean, TensorHandle variance, double epsilon, LoweringContext context)
    {
        if (context.OwnLoops && GivenNorm.Take([x, weight, bias, mean, variance]))
        {
            return GivenNorm.Of(x, weight, bias, mean, variance, epsilon);
        }

        var (y, first, second) = Dispatcher.Call3(
            _batchNorm,
            [
                Slot.Of(x), Slot.Optional(weight), Slot.Optional(bias), Slot.Optional(mean), Slot.Optional(variance),
                Slot.Of(false), Slot.Of(0.0), Slot.Of(epsilon),
            ]);
        first.Delete();
        second.Delete();
        return y;
    }
}
