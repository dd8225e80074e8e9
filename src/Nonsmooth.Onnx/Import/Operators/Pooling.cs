using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Pooling by windows, and over all axes of space.</summary>
internal static class Pooling
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Many("MaxPool", MaxPool),
        Row.Of("AveragePool", n => Functions.AvgPool(n.Real(0), Of(n).Kernel, Of(n).Windowing(n.Flag("ceil_mode")), n.Flag("count_include_pad"))),
        Row.Of("LpPool", n => Functions.LpPool(n.Real(0), n.Attribute("p", 2.0), Of(n).Kernel, Of(n).Windowing(n.Flag("ceil_mode")))),
        Row.Of("MaxUnpool", MaxUnpool),
        Row.Of("GlobalAveragePool", n => n.Real(0).Mean(true, Space(n))),
        Row.Of("GlobalMaxPool", n => n.Real(0).Max(true, Space(n))),
        Row.Of("GlobalLpPool", n => n.Real(0).Norm(n.Attribute("p", 2.0), true, Space(n))),
    ];

    private static int[] Space(NodeContext n) => [.. Enumerable.Range(2, n.Shape(0).Rank - 2)];

    private static Windows Of(NodeContext n) => Windows.Of(
        n, n.Shape(0), n.Many("kernel_shape") is { } k ? [.. k.Select(v => (int)Math.Clamp(v, 0, int.MaxValue))] : throw new OnnxException("it has no kernel_shape: the file is damaged"));

    private static IReadOnlyList<ImportValue?> MaxPool(NodeContext n)
    {
        var (maxima, positions) = Functions.MaxPool(n.Real(0), Of(n).Kernel, Even(Of(n), n.Shape(0), n.Flag("ceil_mode")));
        var values = n[0].Kind == ElementKind.Index ? Functions.Cast(maxima, ElementKind.Index) : maxima;
        return n.Wants(1) ? [n.Result(values), new Traced(Flat(n, positions), OnnxDataType.Int64)] : [n.Result(values)];
    }

    // Where borders differ, as TensorFlow's do, even borders often give the same windows, rounded down or up, and what has a kernel.
    private static Windowing Even(Windows w, Shape x, bool ceil)
    {
        var even = w with { After = w.Before };
        return ceil || w.Before.SequenceEqual(w.After) ? w.Windowing(ceil) : IsSame(false) ? even.Windowing() : IsSame(true) ? even.Windowing(true) : w.Windowing();

        bool IsSame(bool up) => Enumerable.Range(0, w.Axes).All(i =>
        {
            int reach = ((w.Kernel[i] - 1) * w.Dilations[i]) + 1;
            int wanted = ((x[i + 2] + w.Before[i] + w.After[i] - reach) / w.Strides[i]) + 1;
            int span = x[i + 2] + (2 * w.Before[i]) - reach;
            int windows = ((span + (up ? w.Strides[i] - 1 : 0)) / w.Strides[i]) + 1;
            windows -= up && (windows - 1) * w.Strides[i] >= x[i + 2] + w.Before[i] ? 1 : 0;
            return span >= 0 && windows == wanted && 2 * w.Before[i] <= w.Kernel[i];
        });
    }

    // ONNX counts places over the whole tensor, not over each plane.
    private static Variable Flat(NodeContext n, Variable positions)
    {
        var b = n.Builder;
        var shape = n.Shape(0);
        var place = positions;
        if (n.Flag("storage_order"))
        {
            Shape space = shape[2..];
            var strides = space.Strides();
            Variable? sum = null;
            int step = 1;
            for (int axis = 0; axis < space.Rank; axis++)
            {
                var at = Functions.Combine(
                    IndexOperation.Remainder,
                    Functions.Combine(IndexOperation.FloorDivide, positions, Integers.Number(b, strides[axis])), Integers.Number(b, space[axis]));
                var part = Functions.Combine(IndexOperation.Multiply, at, Integers.Number(b, step));
                sum = sum is null ? part : Functions.Combine(IndexOperation.Add, sum, part);
                step *= space[axis];
            }

            place = sum!;
        }

        long plane = shape[2..].Count64;
        return Functions.Combine(IndexOperation.Add, place, b.Constant(Tensor.Generate(new Shape([shape[0], shape[1], .. Enumerable.Repeat(1, shape.Rank - 2)]), i => i * plane)));
    }

    // The places are of a tensor that exactly the windows cover, though a larger result is asked for.
    private static Variable MaxUnpool(NodeContext n)
    {
        var x = n.Real(0);
        var w = Of(n);
        int[] sizes = [.. Enumerable.Range(0, w.Axes).Select(i => ((x.Shape[i + 2] - 1) * w.Strides[i]) + w.Kernel[i] - w.Before[i] - w.After[i])];
        int[] wanted = n.Has(2) ? [.. n.Integers(2).Skip(2).Select(v => (int)v)] : sizes;
        var positions = Functions.Combine(IndexOperation.Remainder, n.Any(1), Integers.Number(n.Builder, new Shape(sizes).Count64));
        var y = Functions.MaxUnpool(x, positions, sizes);
        return Functions.Pad(y, new int[w.Axes + 2], [0, 0, .. wanted.Select((size, i) => size - sizes[i])], PadMode.Constant);
    }
}
