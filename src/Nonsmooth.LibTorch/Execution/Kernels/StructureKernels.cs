using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of the functions that move elements, and of plain sums.</summary>
internal static class StructureKernels
{
    private static readonly OperatorName _reshape = new("reshape");
    private static readonly OperatorName _permute = new("permute");
    private static readonly OperatorName _expand = new("expand");
    private static readonly OperatorName _sum = new("sum", "dim_IntList");
    private static readonly OperatorName _mean = new("mean", "dim");
    private static readonly OperatorName _concatenate = new("cat");

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        table.Add<Fill>((f, n, c) => Filled(f, n, c));
        table.Add<Constant>((f, n, c) => Given(f, n, c));
        table.Add<Cast>(Converted);
        table.Add<Reshape>((f, n, _) => Listed(_reshape, n, Longs(f.Target)));
        table.Add<Transpose>((f, n, _) => Listed(_permute, n, Longs(f.Permutation)));
        table.Add<Broadcast>((f, n, _) => Expanded(n, Longs(f.Target)));
        table.Add<Slice>(Sliced);
        table.Add<Unslice>((f, n, c) => Placed(n, c, f.Full, f.Starts, f.Steps, 0));
        table.Add<Pad>((f, n, c) => Placed(
            n, c, c.Type(n.Results[0]).Shape, f.Before, Enumerable.Repeat(1, f.Before.Count).ToArray(), f.Value));
        table.Add<Concatenate>((f, n, _) => Joined(n, f.Axis));
        table.Add<Sum>((f, n, _) => Reduced(_sum, n, Longs(f.Axes), f.KeepAxes));
        table.Add<Mean>((f, n, _) => Reduced(_mean, n, Longs(f.Axes), f.KeepAxes));
    }

    internal static long[] Longs(IReadOnlyList<int> items)
    {
        var longs = new long[items.Count];
        for (int i = 0; i < longs.Length; i++)
        {
            longs[i] = items[i];
        }

        return longs;
    }

    private static Kernel Filled(Fill fill, Node node, LoweringContext context)
    {
        int y = node.Results[0];
        long[] sizes = [.. fill.Shape.Select(s => (long)s)];
        double value = fill.Value;
        var (storage, device) = (context.Storage, context.Device);
        return values => values[y] = TensorFactory.Full(sizes, value, storage, device);
    }

    // One memory for all runs, rounded once; kernels write to fresh memory only.
    private static Kernel Given(Constant constant, Node node, LoweringContext context)
    {
        int y = node.Results[0];
        var tensor = HostKernel.Write(constant, context);
        context.Keep(tensor);
        return values => values[y] = tensor.Share();
    }

    private static Kernel Converted(Cast cast, Node node, LoweringContext context)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        var (dtype, device) = (LoweringContext.Dtype(cast.To, context.Storage), context.Device);
        return values => values[y] = TensorFactory.Convert(values[x], dtype, device);
    }

    private static Kernel Listed(OperatorName op, Node node, long[] list)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(op, [Slot.Of(values[x]), Slot.Of(list)]);
    }

    private static Kernel Expanded(Node node, long[] sizes)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(_expand, [Slot.Of(values[x]), Slot.Of(sizes), Slot.Of(false)]);
    }

    private static Kernel Sliced(Slice slice, Node node, LoweringContext context)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        var (starts, sizes, steps) = (Longs(slice.Starts), Longs(slice.Sizes), Longs(slice.Steps));
        return values => values[y] = View(values[x], starts, sizes, steps);
    }

    private static Kernel Placed(Node node, LoweringContext context, Shape full, IntVector starts, IntVector steps, double border)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        long[] whole = [.. full.Select(s => (long)s)];
        var (from, part, by) = (Longs(starts), context.Sizes(x), Longs(steps));
        var (storage, device) = (context.Storage, context.Device);
        return values =>
        {
            var result = TensorFactory.Full(whole, border, storage, device);
            var hole = View(result, from, part, by);
            TensorFactory.Copy(hole, values[x]);
            hole.Delete();
            values[y] = result;
        };
    }

    private static Kernel Joined(Node node, int axis)
    {
        int[] parts = [.. node.Arguments];
        int y = node.Results[0];
        return values =>
        {
            Span<TensorHandle> handles = stackalloc TensorHandle[parts.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                handles[i] = values[parts[i]];
            }

            values[y] = Dispatcher.Call1(_concatenate, [Slot.Of((ReadOnlySpan<TensorHandle>)handles), Slot.Of((long)axis)]);
        };
    }

    internal static Kernel Reduced(OperatorName op, Node node, long[] axes, bool keep)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];

        // libtorch reads an empty list of axes as all of them.
        return axes.Length == 0
            ? values => values[y] = values[x].Share()
            : values => values[y] = Dispatcher.Call1(op, [Slot.Of(values[x]), Slot.Some(Slot.Of(axes)), Slot.Of(keep), Slot.None]);
    }

    private static TensorHandle View(TensorHandle tensor, long[] starts, long[] sizes, long[] steps)
    {
        var from = tensor.Strides;
        Span<long> strides = stackalloc long[from.Length];
        long offset = TensorFactory.Offset(tensor);
        for (int i = 0; i < strides.Length; i++)
        {
            strides[i] = from[i] * steps[i];
            offset += from[i] * starts[i];
        }

        return TensorFactory.View(tensor, sizes, strides, offset);
    }
}
