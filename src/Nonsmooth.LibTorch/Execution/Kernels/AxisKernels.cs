using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of the functions that take elements along one axis, and put them there.</summary>
internal static class AxisKernels
{
    private static readonly OperatorName _select = new("index_select");
    private static readonly OperatorName _add = new("scatter_add");
    private static readonly OperatorName _expand = new("expand");
    private static readonly OperatorName _multiply = new("mul", "Tensor");
    private static readonly OperatorName _scatter = new("scatter", "src");

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        table.Add<Take>(Taken);
        table.Add<Resample>(Resampled);
        table.Add<Scatter>((f, n, _) => Scattered(f, n));
    }

    private static Kernel Taken(Take take, Node node, LoweringContext context)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        long axis = take.Axis;
        var indices = Held(StructureKernels.Longs(take.Indices), context);
        return values => values[y] = Dispatcher.Call1(_select, [Slot.Of(values[x]), Slot.Of(axis), Slot.Of(indices)]);
    }

    // Every entry's element is taken, scaled and added to its row, in the order of the entries.
    private static Kernel Resampled(Resample resample, Node node, LoweringContext context)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        long axis = resample.Axis;
        var map = resample.Map;
        var rows = new List<long>();
        var columns = new List<long>();
        var weights = new List<double>();
        for (int row = 0; row < map.Rows; row++)
        {
            rows.AddRange(Enumerable.Repeat((long)row, map.Columns(row).Length));
            foreach (int column in map.Columns(row))
            {
                columns.Add(column);
            }

            weights.AddRange(map.Weights(row));
        }

        var sizes = context.Sizes(y);
        var (from, to) = (Held([.. columns], context), Expanded([.. rows], resample.Axis, sizes, context));
        var (storage, device) = (context.Storage, context.Device);
        TensorHandle? scales = map.Scaled == 0 ? null : Weights([.. weights], sizes.Length - 1 - resample.Axis, context);
        return values =>
        {
            var parts = Dispatcher.Call1(_select, [Slot.Of(values[x]), Slot.Of(axis), Slot.Of(from)]);
            if (scales is { } weight)
            {
                parts = Dispatcher.Call1(_multiply, [Slot.Take(parts), Slot.Of(weight)]);
            }

            values[y] = Dispatcher.Call1(
                _add, [Slot.Take(TensorFactory.Zeros(sizes, storage, device)), Slot.Of(axis), Slot.Of(to), Slot.Take(parts)]);
        };
    }

    private static Kernel Scattered(Scatter scatter, Node node)
    {
        int data = node.Arguments[0];
        int index = node.Arguments[1];
        int updates = node.Arguments[2];
        int y = node.Results[0];
        long axis = scatter.Axis;
        return values => values[y] = Dispatcher.Call1(
            _scatter, [Slot.Of(values[data]), Slot.Of(axis), Slot.Of(values[index]), Slot.Of(values[updates])]);
    }

    private static TensorHandle Held(long[] indices, LoweringContext context)
    {
        long[] sizes = [indices.Length];
        var tensor = TensorFactory.FromBytes(TensorFactory.Bytes<long>(indices, sizes, TorchDtype.Int64), sizes, TorchDtype.Int64, context.Device);
        context.Keep(tensor);
        return tensor;
    }

    // One row number for each part, seen as a tensor of the parts' shape.
    private static TensorHandle Expanded(long[] rows, int axis, long[] sizes, LoweringContext context)
    {
        long[] line = [rows.Length, .. Enumerable.Repeat(1L, sizes.Length - 1 - axis)];
        long[] parts = [.. sizes];
        parts[axis] = rows.Length;
        var flat = TensorFactory.FromBytes(TensorFactory.Bytes<long>(rows, line, TorchDtype.Int64), line, TorchDtype.Int64, context.Device);
        var tensor = Dispatcher.Call1(_expand, [Slot.Take(flat), Slot.Of(parts), Slot.Of(false)]);
        context.Keep(tensor);
        return tensor;
    }

    private static TensorHandle Weights(double[] weights, int inner, LoweringContext context)
    {
        long[] sizes = [weights.Length, .. Enumerable.Repeat(1L, inner)];
        var wide = TensorFactory.FromBytes(TensorFactory.Bytes<double>(weights, sizes, TorchDtype.Float64), sizes, TorchDtype.Float64, context.Device);
        var tensor = TensorFactory.Convert(wide, context.Storage, context.Device);
        wide.Delete();
        context.Keep(tensor);
        return tensor;
    }
}
